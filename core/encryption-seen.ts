import type { View } from './family'
import type { EncryptionEvidence } from './verdict'
import { sourceParts } from './witness'
import type { EdgeRow } from './world'

/** What is known about the encryption of an edge; `mixed`: some of its traffic was protected and some was not. */
export const edgeEncryptions = [
  'unknown',
  'plaintext',
  'mixed',
  'mtls',
  'tls',
  'wireguard',
  'ipsec',
  'tunnel',
] as const satisfies readonly (EncryptionEvidence | 'mixed')[]
export type EdgeEncryption = (typeof edgeEncryptions)[number]

/** Strongest claim first: who the peer is, then that only the peer reads it, then that it is in a tunnel. */
const protections = ['mtls', 'tls', 'wireguard', 'ipsec', 'tunnel'] as const

type Counts = Partial<Record<EncryptionEvidence, number>>

/**
 * What the witnesses of an edge say together. Those of one view look at the same thing: where they saw
 * both, it is mixed. Those of different views look at different layers: what a proxy sends in the clear
 * may still go through a tunnel that the network tells of, so one layer that protects all is enough.
 * No evidence is unknown and never plaintext. O(rows).
 */
export function encryptionOf(rows: readonly EdgeRow[]): EdgeEncryption {
  const views = new Map<View | null, Counts>()
  for (const row of rows) {
    const { encryption, source } = row.facet
    if (encryption === 'unknown' || !counted(row)) continue
    const { view } = sourceParts(source)
    const counts = views.get(view) ?? {}
    counts[encryption] = (counts[encryption] ?? 0) + 1
    views.set(view, counts)
  }
  return mergedEncryption([...views.values()].map(ofOneView), 'best')
}

/** Several as one. `best`: layers of the same traffic, of which one suffices; `all`: traffic side by side, of which each counts. */
export function mergedEncryption(each: readonly EdgeEncryption[], how: 'best' | 'all'): EdgeEncryption {
  const seen = new Set(each)
  const strongest = protections.find((one) => seen.has(one))
  const exposed = seen.has('plaintext')
  if (seen.has('mixed') && (how === 'all' || !strongest)) return 'mixed'
  if (!strongest) return exposed ? 'plaintext' : 'unknown'
  return exposed && how === 'all' ? 'mixed' : strongest
}

function ofOneView(counts: Counts): EdgeEncryption {
  const strongest = protections.find((one) => counts[one])
  if (!strongest) return 'plaintext'
  return counts.plaintext ? 'mixed' : strongest
}

const counted = ({ flows, requests, connections, bytesSent, bytesReceived }: EdgeRow): boolean =>
  [flows, requests, connections, bytesSent, bytesReceived].some((n) => n !== null && n > 0)
