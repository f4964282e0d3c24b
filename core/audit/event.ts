import type { AuditAction } from './actions'

/** done; unchanged: it was so already; refused: they were not allowed to; failed: it could not be done. */
export const auditResults = ['done', 'unchanged', 'refused', 'failed'] as const
export type AuditResult = (typeof auditResults)[number]

/** By what somebody was known: a session of a browser, a token of a program; local: whoever has the machine; system: Oriel itself. */
export const auditMeans = ['session', 'token', 'local', 'system'] as const
export type AuditMeans = (typeof auditMeans)[number]

/** Something that somebody did, or tried. Texts may come from strangers: they are cleaned and capped when it is written. */
export type AuditEvent = {
  readonly action: AuditAction
  /** Who: the account's id, and its name as it is now. id null: nobody known, or Oriel itself. */
  readonly actor: { readonly account: number | null; readonly name: string }
  readonly by: AuditMeans
  /** Id of that session or token. */
  readonly byId?: number | null
  /** What it was done to, for people to read. */
  readonly target: string
  /** Where its target is; absent: nowhere in particular. */
  readonly cluster?: string
  readonly namespace?: string
  /** What differs: as it was, and as it is from then on. JSON; secrets are taken out when it is written. */
  readonly before?: unknown
  readonly after?: unknown
  readonly result: AuditResult
  /** Why it was refused or failed, or why it came to it. */
  readonly reason?: string
  /** null: no request of the API. */
  readonly requestId: string | null
  /** The network address that it came from; '' for none. */
  readonly from: string
  /** The program that it came from, as that says. */
  readonly agent?: string
  /** How many alike this stands for; 1 where absent. */
  readonly count?: number
}

/** What all has in common that Oriel does by itself. */
export const systemEvent = {
  actor: { account: null, name: 'Oriel' },
  by: 'system',
  result: 'done',
  requestId: null,
  from: '',
} as const satisfies Partial<AuditEvent>
