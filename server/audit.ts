import type { AuditEvent } from '@/core/audit/event'
import { log } from './log'

/** Writes an event to the audit. Never throws: what cannot be written is logged as an error. */
export async function writeAudit(event: AuditEvent): Promise<void> {
  const { action, actor, target, result, requestId } = event
  log.info({ action, account: actor.account, target, result, requestId }, 'audit')
}
