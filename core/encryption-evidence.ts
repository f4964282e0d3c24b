import { addKnown } from './tally'
import type { EvidenceShare } from './service-detail'
import type { EncryptionEvidence } from './verdict'
import { witnessName } from './witness'
import type { EdgeRow } from './world'

const rounding = 1e-9

type Seen = { total: number; readonly by: Map<EncryptionEvidence, number> }

/**
 * Evidence about encryption on edges, the largest share first. A proxy tells of mTLS and the network of
 * WireGuard, so each kind is a share of what the witness counted that saw most of it, and the kinds are not
 * added. Plaintext is told only where no witness of the same rows saw anything encrypted. Empty without evidence.
 */
export function evidenceShares(rows: Iterable<EdgeRow>): readonly EvidenceShare[] {
  const witnesses = new Map<string, Seen>()
  for (const { facet, requests, connections, flows } of rows) {
    const n = requests ?? connections ?? flows ?? 0
    if (n === 0) continue
    const name = witnessName(facet)
    let seen = witnesses.get(name)
    if (!seen) witnesses.set(name, (seen = { total: 0, by: new Map() }))
    seen.total += n
    seen.by.set(facet.encryption, addKnown(seen.by.get(facet.encryption) ?? null, n) ?? n)
  }
  const shares = new Map<EncryptionEvidence, number>()
  for (const { total, by } of witnesses.values())
    for (const [evidence, n] of by)
      if (evidence !== 'unknown') shares.set(evidence, Math.max(shares.get(evidence) ?? 0, n / total))
  const encrypted = [...shares].reduce(
    (most, [evidence, share]) => (evidence === 'plaintext' ? most : Math.max(most, share)),
    0,
  )
  const plaintext = shares.get('plaintext') ?? 0
  const left = 1 - encrypted
  if (left < rounding) shares.delete('plaintext')
  else if (plaintext > left + rounding) shares.set('plaintext', left)
  return [...shares]
    .map(([evidence, share]) => ({ evidence, share }))
    .sort((a, b) => b.share - a.share || (a.evidence < b.evidence ? -1 : 1))
}
