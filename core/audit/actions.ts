/**
 * Everything that the audit keeps, as `noun.verb`, with what it is called. What came of it (done, refused, failed) is
 * told apart, so a name says what was tried.
 */
export const auditActions = {
  'session.begin': 'Log in',
  'session.end': 'End a session',
  'session.end-all': 'End all sessions of a person',
  'logout.notice': 'End sessions as the provider says',
  'login-link.make': 'Make a one-time login link',
  'view-as.begin': 'Look on as a member of a team',
  'view-as.end': 'Look on as oneself again',
  'token.make': 'Make a token',
  'token.use': 'Use a token for the first time',
  'token.delete': 'Take back a token',
  'link.make': 'Make a link',
  'link.open': 'Open a frozen link',
  'link.delete': 'Delete a link',
  'view.make': 'Save a view',
  'view.change': 'Change a saved view',
  'view.delete': 'Delete a saved view',
  'team.make': 'Make a team',
  'team.change': 'Change a team',
  'team.delete': 'Delete a team',
  'grant.make': 'Give a role everywhere',
  'grant.delete': 'Take away a role everywhere',
  'policy.apply': 'Change policies',
  'policy.undo': 'Undo a change of policies',
  'policy.try': 'Try a change of policies',
  'draft.make': 'Make a draft of policies',
  'draft.change': 'Change a draft of policies',
  'draft.copy': 'Copy a draft of policies',
  'draft.delete': 'Delete a draft of policies',
  'draft.comment': 'Comment a draft of policies',
  'exception.make': 'Accept plaintext for a time',
  'exception.delete': 'End an exception from encryption',
  'flows.export': 'Export flows',
  'policy-changes.export': 'Export changes of policies',
  'audit.export': 'Export the audit',
  'audit.prune': 'Forget what is past its retention',
  'configuration.change': 'Start with a changed configuration',
  'database.migrate': 'Bring the database up to date',
} as const satisfies Readonly<Record<`${string}.${string}`, string>>

export type AuditAction = keyof typeof auditActions

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(auditActions, text)

/** What actions are about, for filters: the part before the point, with what it is called. */
export const auditNouns = {
  session: 'Logins and sessions',
  logout: 'Logouts told by providers',
  'login-link': 'One-time login links',
  'view-as': 'Looking on as a team',
  token: 'Tokens',
  link: 'Shared links',
  view: 'Saved views',
  team: 'Teams',
  grant: 'Roles everywhere',
  policy: 'Policies',
  draft: 'Drafts of policies',
  exception: 'Exceptions from encryption',
  flows: 'Exports of flows',
  'policy-changes': 'Exports of changes of policies',
  audit: 'The audit itself',
  configuration: 'Configuration',
  database: 'The database',
} as const satisfies Readonly<Record<NounOf<AuditAction>, string>>

type NounOf<A extends string> = A extends `${infer Noun}.${string}` ? Noun : never

export type AuditNoun = keyof typeof auditNouns

/** The actions that a filter names: actions, or nouns for all of theirs. null: one of them is neither. */
export function namedActions(names: readonly string[]): readonly AuditAction[] | null {
  const found = names.map((name) => Object.keys(auditActions).filter((one) => one === name || nounOf(one) === name))
  if (found.some((actions) => actions.length === 0)) return null
  return [...new Set(found.flat())].filter(isAuditAction)
}

const nounOf = (action: string): string => action.slice(0, action.indexOf('.'))
