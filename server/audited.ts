import type { Asker } from '@/core/access/asker'
import type { AuditAction } from '@/core/audit/actions'
import type { AuditEvent, AuditResult } from '@/core/audit/event'
import { inTransaction } from '@/server/db/pool'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import { logAudit, writeAudit } from './audit'
import type { Actor, AuditDetails, ChangeRequest, Together } from './change'
import { ownDatabase } from './database'
import { AppError } from './errors'

/** By what somebody is known, as the audit keeps it. */
export const meansOf = (by: Asker['by']): Pick<AuditEvent, 'by' | 'byId'> =>
  'session' in by ? { by: 'session', byId: by.session } : { by: 'token', byId: by.token }

/** How work tells the audit of itself. */
export type Telling = Pick<Actor, 'note' | 'together'>

/** Does something that the audit keeps, with what it was done to and how it ended. Throws what the work throws. */
export async function audited<T>(
  action: AuditAction,
  { account, by }: Asker,
  { id, from, agent = '' }: ChangeRequest,
  work: (telling: Telling) => Promise<T>,
): Promise<T> {
  let told: AuditDetails = {}
  let written = false
  const eventOf = (result: AuditResult, reason?: string): AuditEvent => ({
    action,
    actor: { account: account.id, name: account.name },
    ...meansOf(by),
    target: '',
    result,
    ...told,
    ...(reason !== undefined && { result, reason }),
    requestId: id,
    from,
    agent,
  })
  const note = (details: AuditDetails) => {
    told = { ...told, ...details }
  }
  const together: Together = async (change) => {
    const result = await inTransaction(ownDatabase(), async (connection) => {
      const done = await change(connection)
      await writeAuditEvent(connection, eventOf('done'))
      return done
    })
    written = true
    logAudit(eventOf('done'))
    return result
  }
  try {
    const answer = await work({ note, together })
    if (!written) await writeAudit(eventOf('done'))
    return answer
  } catch (thrown) {
    // What stands is told already, whatever failed after it.
    if (!written) await writeAudit(thrown instanceof AppError ? ended(eventOf, thrown) : eventOf('failed', noCause))
    throw thrown
  }
}

const noCause = 'Oriel failed; the log has the cause under this request.'

const ended = (eventOf: (result: AuditResult, reason: string) => AuditEvent, { code, message }: AppError): AuditEvent =>
  eventOf(code === 'forbidden' ? 'refused' : 'failed', message)
