/**
 * Everything that the audit keeps, as `noun.verb`, with what it is called. What came of it (done, refused, failed) is
 * told apart, so a name says what was tried.
 */
export const auditActions = {
  'session.begun': 'Log in',
  'session.ended': 'End a session',
  'session.all-ended': 'End all sessions of a person',
  'logout.told': 'End sessions as the provider says',
  'login-link.made': 'Make a one-time login link',
  'team-view.begun': 'Look on as a member of a team',
  'team-view.ended': 'Look on as oneself again',
  'token.made': 'Make a token',
  'token.used': 'Use a token for the first time',
  'token.deleted': 'Take back a token',
  'link.made': 'Make a link',
  'link.opened': 'Open a frozen link',
  'link.deleted': 'Delete a link',
  'view.saved': 'Save a view',
  'view.changed': 'Change a saved view',
  'view.deleted': 'Delete a saved view',
  'team.made': 'Make a team',
  'team.changed': 'Change a team',
  'team.deleted': 'Delete a team',
  'grant.changed': 'Change who has a role everywhere',
  'policy.applied': 'Change policies',
  'policy.undone': 'Undo a change of policies',
  'policy.tried': 'Try a change of policies',
  'draft.saved': 'Make a draft of policies',
  'draft.changed': 'Change a draft of policies',
  'draft.renamed': 'Rename a draft of policies',
  'draft.copied': 'Copy a draft of policies',
  'draft.deleted': 'Delete a draft of policies',
  'draft.commented': 'Comment a draft of policies',
  'exception.added': 'Accept plaintext for a time',
  'exception.deleted': 'End an exception from encryption',
  'flows.exported': 'Export flows',
  'policy-changes.exported': 'Export changes of policies',
  'audit.exported': 'Export the audit',
  'audit.pruned': 'Forget what is past its retention',
  'configuration.changed': 'Start with a changed configuration',
  'database.migrated': 'Bring the database up to date',
} as const satisfies Readonly<Record<`${string}.${string}`, string>>

export type AuditAction = keyof typeof auditActions

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(auditActions, text)

/** What actions are about, for filters: the part before the point, with what it is called. */
export const auditNouns = {
  session: 'Logins and sessions',
  logout: 'Logouts told by providers',
  'login-link': 'One-time login links',
  'team-view': 'Looking on as a team',
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
