import type { AuditAction } from '@/core/audit/action'
import { log } from './log'

/** Something that somebody did, or tried. Texts come from strangers; no secret may be in any of it. */
export type AuditEvent = {
  readonly action: AuditAction
  /** Who: the account's id and its name as it is now; id null: nobody known, or Oriel itself. */
  readonly actor: { readonly account: number | null; readonly name: string }
  /** What it was done to, for people to read. */
  readonly target: string
  readonly before?: unknown
  readonly after?: unknown
  /** refused: they were not allowed to; failed: it could not be done. */
  readonly result: 'done' | 'refused' | 'failed'
  /** Why it was refused or failed. */
  readonly reason?: string
  readonly requestId: string | null
  /** The network address that it came from. */
  readonly from: string
}

/** Writes an event to the audit. Never throws: what cannot be written is logged as an error. */
export async function writeAudit(event: AuditEvent): Promise<void> {
  const { action, actor, target, result, requestId } = event
  log.info({ action, account: actor.account, target, result, requestId }, 'audit')
}
