import { secondsOf } from '../series/covered'
import type { World } from '../world'
import { certificatesAt } from './certificate-states'
import { type EncryptionUnit, encryptionUnits } from './classes'
import type { ClassifiedEdge, ClassifiedWorld } from './classify-world'
import { configuredOf } from './configured'
import { clusterRows, type Counted, groupRows, matrixOf, teamRows } from './cover-rows'
import { addAmounts, coverageOf } from './coverage'
import {
  type EncryptionAnswer,
  type ListedEdge,
  maxListed,
  type PlainEdge,
  type UnknownEdge,
} from './encryption-answer'
import { explainPlaintext } from './explain-plaintext'
import { explainUnknown } from './explain-unknown'
import { layersApart } from './layers-apart'
import { nodeTunnels } from './node-tunnels'

/**
 * The answer of the encryption page for one unit. `classified` may be narrowed to some edges by a filter. The time of
 * the World's end is taken for now. O(edges + nodes + certificates); the classes are computed once for all units.
 */
export function buildEncryption(world: World, classified: ClassifiedWorld, unit: EncryptionUnit): EncryptionAnswer {
  const counted = classified.edges.flatMap((each): Counted[] => {
    const evidence = each.units[unit]
    return evidence ? [{ each, evidence }] : []
  })
  const amounts = addAmounts(counted.map(({ evidence }) => evidence.amounts))
  const plain = counted.filter(({ evidence }) => bare(evidence.amounts) > 0)
  const unknown = counted.filter(({ evidence }) => open(evidence.amounts) > 0)
  return {
    unit,
    amounts,
    coverage: coverageOf(amounts),
    layers: layersApart(counted.map(({ evidence }) => evidence)),
    edges: {
      counted: counted.length,
      withoutUnit: classified.edges.length - counted.length,
      plaintext: plain.length,
      unknown: unknown.length,
      carriers: classified.carriers,
    },
    clusters: clusterRows(counted),
    groups: groupRows(counted, world.teams),
    teams: teamRows(counted, world.teams),
    matrix: matrixOf(counted),
    plaintext: worst(plain, bare).map((each) => plainEdge(each, classified, world)),
    unknown: worst(unknown, open).map((each) => unknownEdge(each, classified)),
    nodes: nodeTunnels(world),
    certificates: certificatesAt(world.ground?.certificates ?? [], world.window.to),
  }
}

type Amounts = Counted['evidence']['amounts']

/** What was not encrypted: in plaintext, or in plaintext unless it stayed on its node. */
const bare = ({ plaintext, notEncrypted }: Amounts): number => plaintext + notEncrypted
const open = ({ unknown, notEncrypted }: Amounts): number => unknown - notEncrypted

const worst = (counted: readonly Counted[], figure: (amounts: Amounts) => number): readonly Counted[] =>
  counted
    .toSorted((a, b) => figure(b.evidence.amounts) - figure(a.evidence.amounts) || (a.each.id < b.each.id ? -1 : 1))
    .slice(0, maxListed)

const listed = ({ each: { id, worldEdge }, evidence }: Counted, { seats }: ClassifiedWorld): ListedEdge => {
  const { from, to, port, protocol } = worldEdge.edge
  return { id, from, to, port, protocol, evidence, configured: configuredOf(worldEdge.edge, seats) }
}

function plainEdge(counted: Counted, classified: ClassifiedWorld, world: World): PlainEdge {
  return {
    ...listed(counted, classified),
    rates: ratesOf(counted.each, world),
    ...explainPlaintext(counted, classified.seats),
  }
}

const unknownEdge = (counted: Counted, classified: ClassifiedWorld): UnknownEdge => ({
  ...listed(counted, classified),
  ...explainUnknown(counted, classified.seats),
})

function ratesOf({ units, worldEdge: { edge } }: ClassifiedEdge, world: World): PlainEdge['rates'] {
  const seconds = secondsOf(world, edge.to.cluster, edge.from.cluster)
  const rate = (unit: EncryptionUnit) => {
    const { amounts } = units[unit] ?? {}
    return amounts && seconds > 0 ? bare(amounts) / seconds : null
  }
  const [requests, connections, bytes] = encryptionUnits.map(rate)
  return { requests: requests ?? null, connections: connections ?? null, bytes: bytes ?? null }
}
