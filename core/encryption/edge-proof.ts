import type { Endpoint } from '../endpoint'
import type { Window } from '../time'
import type { EncryptionEvidence, Hop, L7Protocol, Protocol, Reporter, Verdict } from '../verdict'
import type { EdgeRow, World } from '../world'
import type { MeshProxy } from '../inventory/inventory-object'
import { encryptionUnits } from './classes'
import type { Classified } from './classify-edge'
import type { ClassifiedEdge, ClassifiedWorld } from './classify-world'
import type { Mend } from './causes'
import { type Configured, configuredOf } from './configured'
import { explainPlaintext } from './explain-plaintext'
import { explainUnknown } from './explain-unknown'
import type { Shares, WayKind } from './join-layers'
import type { Seats } from './seats'

/** Everything that is known about how an edge was protected, layer by layer. */
export type EdgeProof = {
  /** Id of the edge on the map at level workload. */
  readonly id: string
  readonly window: Window
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
  readonly protocol: Protocol
  readonly units: Classified['units']
  /** What Istio is told of it. */
  readonly configured: Configured
  /** Why a part is in plaintext, why a part is unknown; '' where none is. */
  readonly whyPlaintext: string
  readonly whyUnknown: string
  readonly mend: Mend | null
  /** The way were each pair of pods equally likely; an estimate that is in no figure. null where an end is not placed. */
  readonly expectedWay: Shares<WayKind> | null
  /** Where the pods of each end were; null: not known or outside. */
  readonly caller: readonly PodsOfEnd[] | null
  readonly callee: readonly PodsOfEnd[] | null
  /** What each witness told, newest first. */
  readonly told: readonly ToldRow[]
}

export type PodsOfEnd = {
  readonly node: string
  readonly proxy: MeshProxy
  readonly hostNetwork: boolean
  /** Of the end's pod-time, 0..1. */
  readonly share: number
  /** `unknown`: nothing tells of the node's keys. */
  readonly keys: 'wireguard' | 'ipsec' | 'none' | 'unknown'
}

export type ToldRow = {
  readonly source: string
  readonly reporter: Reporter
  readonly verdict: Verdict
  readonly reason: string
  readonly l7: L7Protocol
  readonly encryption: EncryptionEvidence
  readonly hop: Hop
  readonly requests: number | null
  readonly connections: number | null
  readonly flows: number | null
  /** Both ways. */
  readonly bytes: number | null
  /** End of the newest step with anything of it, milliseconds; null where that is not known. */
  readonly lastSeen: number | null
}

/** `lastSeen` by `facetKey`. O(rows + pods' nodes of both ends). */
export function edgeProof(
  world: World,
  { seats }: ClassifiedWorld,
  each: ClassifiedEdge,
  lastSeen: ReadonlyMap<string, number>,
): EdgeProof {
  const { from, to, port, protocol } = each.worldEdge.edge
  const all = encryptionUnits.flatMap((unit) => each.units[unit] ?? [])
  const plain = all.find(({ amounts }) => amounts.plaintext + amounts.notEncrypted > 0)
  const unknown = all.find(({ amounts }) => amounts.unknown > amounts.notEncrypted)
  const why = plain && explainPlaintext({ each, evidence: plain }, seats)
  return {
    id: each.id,
    window: world.window,
    from,
    to,
    port,
    protocol,
    units: each.units,
    configured: configuredOf(each.worldEdge.edge, seats),
    whyPlaintext: why?.why ?? '',
    whyUnknown: unknown ? explainUnknown({ each, evidence: unknown }, seats).why : '',
    mend: why?.mend ?? null,
    expectedWay: each.placed.expected,
    caller: podsOf(from, seats),
    callee: podsOf(to, seats),
    told: each.worldEdge.rows
      .map((row) => toldRow(row, lastSeen.get(facetKey(row.facet)) ?? null))
      .sort((a, b) => (b.lastSeen ?? 0) - (a.lastSeen ?? 0) || (a.source < b.source ? -1 : 1)),
  }
}

/** One text per facet. */
export const facetKey = ({ source, reporter, verdict, reason, l7, encryption, hop }: EdgeRow['facet']): string =>
  JSON.stringify([source, reporter, verdict, reason, l7, encryption, hop])

function toldRow(
  { facet, requests, connections, flows, bytesSent, bytesReceived }: EdgeRow,
  lastSeen: number | null,
): ToldRow {
  const bytes = bytesSent === null && bytesReceived === null ? null : (bytesSent ?? 0) + (bytesReceived ?? 0)
  return { ...facet, requests, connections, flows, bytes, lastSeen }
}

function podsOf(endpoint: Endpoint, seats: Seats): readonly PodsOfEnd[] | null {
  const own = seats.of(endpoint)
  if (own === null || own === 'outside') return null
  const all = own.reduce((sum, { podSeconds }) => sum + podSeconds, 0)
  return own
    .map(({ cluster, node, proxy, hostNetwork, podSeconds }): PodsOfEnd => {
      const keys = seats.keysOf(cluster, node)
      return {
        node,
        proxy,
        hostNetwork,
        share: all > 0 ? podSeconds / all : 1 / own.length,
        keys: keys === null ? 'unknown' : keys.ipsec ? 'ipsec' : keys.wireguard.length > 0 ? 'wireguard' : 'none',
      }
    })
    .sort((a, b) => b.share - a.share || (a.node < b.node ? -1 : 1))
}
