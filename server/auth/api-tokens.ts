import { timingSafeEqual } from 'node:crypto'
import type { Asker } from '@/core/access/asker'
import { writeAudit } from '@/server/audit'
import { database } from '@/server/database'
import { readToken, type UsableToken } from '@/server/db/access/read-token'
import { touchToken } from '@/server/db/access/touch-token'
import { isResting } from '@/server/api-token'
import { hashOf } from '@/server/link-token'
import { limited, loadRights } from '@/server/rights'

/** `oriel_<id>_<44 letters and digits>`: a form that secret scanners can be told of. 260 bits. */
const form = /^Bearer +oriel_([1-9]\d{0,9})_([0-9A-Za-z]{44})$/i
const largestId = 2_147_483_647
/** Noted at most so often. */
const touchMs = 60_000

/**
 * Who sends this Authorization header; null: nobody. Their rights are those that the token’s owner has at this moment,
 * cut down to what the token was made for. `from`: the address that it comes from, for the audit of its first use.
 */
export async function askerOfApiToken(
  authorization: string,
  { now = Date.now(), from = '' }: { readonly now?: number; readonly from?: string } = {},
): Promise<Asker | null> {
  const [, idText = '', secret = ''] = form.exec(authorization) ?? []
  const id = Number(idText)
  if (secret === '' || id > largestId) return null
  const token = await readToken(database(), id)
  if (!token || !timingSafeEqual(token.tokenHash, hashOf(secret))) return null
  if (isResting(token.account, token.ownerSeenAt, now)) return null
  if (token.usedAt === null) await tellFirstUse(token, from)
  if (token.usedAt === null || now - token.usedAt > touchMs) await touchToken(database(), id)
  return {
    account: token.account,
    rights: await limited(await loadRights(token.account), token),
    by: { token: id, limited: token.teams !== null },
    viewAs: null,
  }
}

const tellFirstUse = ({ id, account, role }: UsableToken, from: string) =>
  writeAudit({
    action: 'token.used',
    actor: { account: account.id, name: account.name },
    by: 'token',
    byId: id,
    target: `token ${id}`,
    after: { role },
    result: 'done',
    requestId: null,
    from,
  })
