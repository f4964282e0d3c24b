import type { UnitEvidence } from './classify-edge'
import { encryptedOf } from './coverage'

/**
 * How much of an edge (shares of what anybody counted) was encrypted for certain, and how much a proxy or the lack of
 * one says was not, as far as no tunnel is known to have taken it. Wider than the class `plaintext`, for finding what
 * changed; nobody's coverage is made of it. Of the first unit that anybody counted; null where nobody counted anything.
 */
export type Exposure = { readonly encrypted: number; readonly exposed: number }

export function exposureOf(evidence: UnitEvidence | null): Exposure | null {
  if (!evidence) return null
  const { amounts, total, identity, way } = evidence
  const { plaintext: bare = 0 } = identity.shares
  const { unknown: untold = 0, 'not-open': taken = 0 } = way.shares
  const onUnknownWay = taken > 0 ? 0 : Math.max(0, bare + untold - 1)
  return {
    encrypted: encryptedOf(amounts) / total,
    exposed: Math.min(1, (amounts.plaintext + amounts.notEncrypted) / total + onUnknownWay),
  }
}
