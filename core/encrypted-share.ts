import { encryptionOf } from './encryption-seen'
import type { EdgeRow } from './world'

/** An edge's rows and how much of the traffic it is. */
export type Weighed = { readonly rows: readonly EdgeRow[]; readonly weight: number }

/**
 * Share (0..1) of traffic that is known to be encrypted among that of which it is known; of an edge that is both,
 * a half, because nobody tells how much of it. null where nothing is known. O(rows).
 */
export function encryptedShare(edges: Iterable<Weighed>): number | null {
  let known = 0
  let encrypted = 0
  for (const { rows, weight } of edges) {
    const encryption = encryptionOf(rows)
    if (encryption === 'unknown' || !(weight > 0)) continue
    known += weight
    if (encryption === 'mixed') encrypted += weight / 2
    else if (encryption !== 'plaintext') encrypted += weight
  }
  return known > 0 ? encrypted / known : null
}
