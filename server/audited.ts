import type { Asker } from '@/core/access/asker'
import type { AuditAction } from '@/core/audit/actions'
import type { AuditEvent } from '@/core/audit/event'
import { writeAudit } from './audit'
import type { AuditDetails, ChangeRequest } from './change'
import { AppError } from './errors'

/** By what somebody is known, as the audit keeps it. */
export const meansOf = (by: Asker['by']): Pick<AuditEvent, 'by' | 'byId'> =>
  'session' in by ? { by: 'session', byId: by.session } : { by: 'token', byId: by.token }

/** Does something that the audit keeps, with what it was done to and how it ended. Throws what the work throws. */
export async function audited<T>(
  action: AuditAction,
  { account, by }: Asker,
  { id, from, agent = '' }: ChangeRequest,
  work: (note: (details: AuditDetails) => void) => Promise<T>,
): Promise<T> {
  let told: AuditDetails = {}
  const write = (result: 'done' | 'refused' | 'failed', reason?: string) =>
    writeAudit({
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
  try {
    const answer = await work((details) => {
      told = { ...told, ...details }
    })
    await write('done')
    return answer
  } catch (thrown) {
    if (thrown instanceof AppError) await write(thrown.code === 'forbidden' ? 'refused' : 'failed', thrown.message)
    else await write('failed', 'Oriel failed; the log has the cause under this request.')
    throw thrown
  }
}
