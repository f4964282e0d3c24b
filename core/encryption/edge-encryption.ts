import type { Witness } from '../witness/witness'
import type { EdgeCover, WorldEdge } from '../world'
import {
  type Amounts,
  type Basis,
  encryptedClasses,
  type EncryptionClass,
  encryptionClasses,
  type EncryptionUnit,
  encryptionUnits,
} from './classes'
import { classifierOf, type UnitEvidence } from './classify-edge'
import { addAmounts, encryptedOf, noAmounts, totalOf } from './coverage'
import type { LayersApart } from './encryption-answer'
import { layersApart } from './layers-apart'
import { isCountedElsewhere, isTunnel } from './not-traffic'
import type { Seats } from './seats'

/** What an edge is in one word; `mixed`: a part of it is encrypted, and a part is not or nobody knows. */
export const encryptionSummaries = [...encryptionClasses, 'mixed'] as const
export type EncryptionSummary = (typeof encryptionSummaries)[number]

/** A class of an edge: its share (0..1) of the unit, how sure it is, and who tells it (`source/reporter`). */
export type ClassShare = {
  readonly class: EncryptionClass
  readonly share: number
  readonly basis: Basis
  readonly witnesses: readonly string[]
}

/** What protected the traffic of an edge, or of several together. */
export type EdgeEncryption = {
  readonly summary: EncryptionSummary
  /** Most first, of each unit that was counted; all three are null where none was. */
  readonly units: Readonly<Record<EncryptionUnit, readonly ClassShare[] | null>>
}

export const noEncryption: EdgeEncryption = {
  summary: 'unknown',
  units: { requests: null, connections: null, bytes: null },
}

/** The same while amounts can still be added. */
export type EncryptionDraft = EdgeEncryption & {
  readonly amounts: Readonly<Record<EncryptionUnit, Amounts | null>>
  /** What the first unit that was counted rests on; null where none was. */
  readonly evidence: UnitEvidence | null
}

/** One edge. `witnesses`: of its rows, where they are known. O(its rows + pods' nodes of both ends). */
export function edgeEncryption(
  edge: WorldEdge,
  seats: Seats,
  cover: EdgeCover | null,
  witnesses: readonly Witness[] | null = null,
): EncryptionDraft {
  if (isCountedElsewhere(edge)) return { ...nothingCounted, summary: isTunnel(edge) ? 'tunnel' : 'unknown' }
  const { inUnit } = classifierOf(edge, seats, cover, witnesses)
  const [requests, connections, bytes] = [inUnit('requests'), inUnit('connections'), inUnit('bytes')]
  const evidence = requests ?? connections ?? bytes
  if (!evidence) return nothingCounted
  return {
    summary: summaryOf(evidence.amounts),
    units: { requests: sharesOf(requests), connections: sharesOf(connections), bytes: sharesOf(bytes) },
    amounts: {
      requests: requests && requests.amounts,
      connections: connections && connections.amounts,
      bytes: bytes && bytes.amounts,
    },
    evidence,
  }
}

/** Each layer alone, in the first unit that was counted; null where none was. */
export const layersOf = ({ evidence }: EncryptionDraft): LayersApart | null => evidence && layersApart([evidence])

const nothingCounted: EncryptionDraft = {
  ...noEncryption,
  amounts: { requests: null, connections: null, bytes: null },
  evidence: null,
}

function sharesOf(evidence: UnitEvidence | null): readonly ClassShare[] | null {
  if (!evidence) return null
  const { total, classes } = evidence
  return classes.map(({ class: name, amount, basis, witnesses }) => ({
    class: name,
    share: amount / total,
    basis,
    witnesses,
  }))
}

/** Less of a whole than this is not worth another word. */
const little = 0.01

/** What amounts are in one word. O(1). */
export function summaryOf(amounts: Amounts): EncryptionSummary {
  const total = totalOf(amounts)
  const encrypted = encryptedOf(amounts)
  const bare = amounts.plaintext + amounts.notEncrypted
  const open = amounts.unknown - amounts.notEncrypted
  const much = (amount: number) => amount > total * little
  if (much(encrypted)) return much(bare + open) ? 'mixed' : largestOf(amounts)
  if (much(bare)) return 'plaintext'
  return much(open) || total === 0 ? 'unknown' : 'same-node'
}

const largestOf = (amounts: Amounts): EncryptionClass =>
  encryptedClasses.reduce((best, each) => (amounts[each] > amounts[best] ? each : best))

/** Several edges as one: amounts of each unit are added, and each edge has one voice in the summary. O(edges). */
export function mergeEncryption(edges: readonly EncryptionDraft[]): EdgeEncryption {
  const [only] = edges
  if (only && edges.length === 1) return { summary: only.summary, units: only.units }
  return {
    summary: summaryOf(addAmounts(edges.map(({ summary }) => voices[summary]))),
    units: {
      requests: merged(edges, 'requests'),
      connections: merged(edges, 'connections'),
      bytes: merged(edges, 'bytes'),
    },
  }
}

const voiceOf = (name: EncryptionClass): Amounts => ({ ...noAmounts, [name]: 1 })
const voices: Readonly<Record<EncryptionSummary, Amounts>> = {
  'mtls+tunnel': voiceOf('mtls+tunnel'),
  mtls: voiceOf('mtls'),
  tunnel: voiceOf('tunnel'),
  tls: voiceOf('tls'),
  'same-node': voiceOf('same-node'),
  plaintext: voiceOf('plaintext'),
  unknown: voiceOf('unknown'),
  // A part of it is encrypted, so what it is merged into is mixed too.
  mixed: { ...noAmounts, tls: 0.5, plaintext: 0.5 },
}

function merged(edges: readonly EncryptionDraft[], unit: EncryptionUnit): readonly ClassShare[] | null {
  const counted = edges.filter(({ amounts }) => amounts[unit])
  if (counted.length === 0) return null
  const sum = addAmounts(counted.flatMap(({ amounts }) => amounts[unit] ?? []))
  const total = totalOf(sum)
  return encryptionClasses
    .filter((name) => sum[name] > 0)
    .map((name) => ({ class: name, share: sum[name] / total, ...tellersOf(counted, unit, name) }))
    .sort((a, b) => b.share - a.share)
}

/** As sure as the edge that has most of the class; whoever told it of any. */
function tellersOf(edges: readonly EncryptionDraft[], unit: EncryptionUnit, name: EncryptionClass) {
  let basis: Basis = 'inferred'
  let most = 0
  const witnesses = new Set<string>()
  for (const { units, amounts } of edges) {
    const share = units[unit]?.find((each) => each.class === name)
    if (!share) continue
    for (const witness of share.witnesses) witnesses.add(witness)
    const amount = amounts[unit]?.[name] ?? 0
    if (amount > most) [most, basis] = [amount, share.basis]
  }
  return { basis, witnesses: [...witnesses].sort() }
}

/** The unit that most of these edges tell; requests before connections before bytes. null where none tells any. */
export function unitOfMost(edges: readonly EncryptionDraft[]): EncryptionUnit | null {
  let best: EncryptionUnit | null = null
  let most = 0
  for (const unit of encryptionUnits) {
    const n = edges.filter(({ amounts }) => amounts[unit]).length
    if (n > most) [most, best] = [n, unit]
  }
  return best
}
