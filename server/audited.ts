import type { Asker } from '@/core/access/asker'
import type { AuditAction } from '@/core/audit/actions'
import { writeAudit } from './audit'
import type { AuditDetails, ChangeRequest } from './change'
import { AppError, toError } from './errors'

/** Does something that the audit keeps, with what it was done to and how it ended. Throws what the work throws. */
export async function audited<T>(
  action: AuditAction,
  { account, by }: Asker,
  { id, from }: ChangeRequest,
  work: (note: (details: AuditDetails) => void) => Promise<T>,
): Promise<T> {
  let told: AuditDetails = {}
  const write = (result: 'done' | 'refused' | 'failed', reason?: string) =>
    writeAudit({
      action,
      actor: { account: account.id, name: account.name },
      ...('session' in by ? { by: 'session', byId: by.session } : { by: 'token', byId: by.token }),
      target: '',
      ...told,
      result,
      ...(reason !== undefined && { reason }),
      requestId: id,
      from,
    })
  try {
    const answer = await work((details) => {
      told = { ...told, ...details }
    })
    await write('done')
    return answer
  } catch (thrown) {
    const refused = thrown instanceof AppError && thrown.code === 'forbidden'
    await write(refused ? 'refused' : 'failed', toError(thrown).message)
    throw thrown
  }
}
