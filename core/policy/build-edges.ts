import { edgeId } from '../witness/fused-edge'
import { fuse, tell } from '../witness/fuse'
import { outside } from '../redact'
import type { Tally } from '../figures/tally'
import type { Protocol, Reporter, Verdict } from '../verdict'
import { isBy, type Witness } from '../witness/witness'
import { storedIds, type WorldEdge } from '../world'
import type { GroundEdge } from './ground'
import type { EndFinder } from './ground-ends'
import type { GroundTraffic, Sighting } from './ground-traffic'
import { countBits } from './index/bitset'
import { namedDecisions, type NameFinder } from './named-hits'
import type { PortProtocol } from './ports'

/**
 * The recorded edges of one cluster: those of which one end is in it. Counts are of the witness that is chosen for them,
 * as everywhere (docs/figures.md); what has no ports (ICMP) is left out. O(edges).
 */
export function buildEdges(
  { edges, sightings, named }: GroundTraffic,
  cluster: string,
  ends: EndFinder,
  find: NameFinder,
): readonly GroundEdge[] {
  const seen = byEdge(sightings)
  const hits = byEdge(named)
  return edges.flatMap((worldEdge): readonly GroundEdge[] => {
    const { from, to, protocol, port } = worldEdge.edge
    const known = portProtocol[protocol]
    if (!known || (from.cluster !== cluster && to.cluster !== cluster)) return []
    const sighted = storedIds(worldEdge).flatMap((id) => seen.get(id) ?? [])
    const counted = countsOf(worldEdge)
    if (sighted.length === 0 || !counted) return []
    const { allowed, denied, count, witness } = counted
    const target = ends.target(to, known, port)
    // What is said of a crossing edge could name the other side.
    const isCrossing = from === outside || to === outside
    const told = isCrossing
      ? []
      : namedDecisions(
          storedIds(worldEdge).flatMap((id) => hits.get(id) ?? []),
          find,
        )
    return [
      {
        id: edgeId(worldEdge),
        from: ends.end(from),
        to: target.end,
        protocol: known,
        port: target.port,
        allowed,
        denied,
        witness,
        evidence: {
          count,
          first: Math.min(...sighted.map(({ first }) => first)),
          last: Math.max(...sighted.map(({ last }) => last)),
          days: countBits(Uint32Array.of(sighted.reduce((bits, { days }) => bits | days, 0))),
        },
        lastAllowed: allowed === 0 ? null : lastOf(furthest(sighted), passing),
        lastDenied: lastOf(sighted, ['denied']),
        ...(told.length > 0 && { named: told }),
      },
    ]
  })
}

/** Calls of which the transport is not told are those of HTTP and its like. */
const portProtocol: Readonly<Record<Protocol, PortProtocol | null>> = {
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  icmp: null,
  unknown: 'TCP',
}

/** In audit mode a denial lets pass. */
const passing: readonly Verdict[] = ['allowed', 'audited']

function byEdge<T extends { readonly edgeId: number }>(all: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const found = new Map<number, T[]>()
  for (const one of all) {
    const same = found.get(one.edgeId)
    if (same) same.push(one)
    else found.set(one.edgeId, [one])
  }
  return found
}

/** Reporters along the way of a flow. */
const wayOrder: readonly Reporter[] = ['unknown', 'source', 'waypoint', 'destination']

/** Of each source, what its reporter furthest on the way saw: what the one before let go may have been stopped there. */
function furthest(sighted: readonly Sighting[]): readonly Sighting[] {
  const ends = new Map<string, number>()
  for (const { source, reporter } of sighted)
    ends.set(source, Math.max(ends.get(source) ?? 0, wayOrder.indexOf(reporter)))
  return sighted.filter(({ source, reporter }) => wayOrder.indexOf(reporter) === ends.get(source))
}

function lastOf(sighted: readonly Sighting[], verdicts: readonly Verdict[]): number | null {
  const times = sighted.flatMap(({ verdict, last }) => (verdicts.includes(verdict) ? [last] : []))
  return times.length > 0 ? Math.max(...times) : null
}

type Counted = Pick<GroundEdge, 'allowed' | 'denied' | 'witness'> & { readonly count: number }

/** null: nothing was counted. */
function countsOf({ rows }: WorldEdge): Counted | null {
  const { tally, witness } = fuse(rows)
  const { told } = tell(rows)
  const speaker = told.connections ?? told.flows ?? witness
  if (!speaker) return null
  const { verdicts } = tally
  const isTold = passing.some((one) => verdicts[one]) || verdicts.denied !== undefined
  // What a reporter further on stopped has not passed, although the one before let it go (docs/figures.md).
  const passed = allowedBy(verdicts)
  const allowed = isTold ? Math.min(connectionsThrough(rows, told.connections) ?? passed, passed) : null
  const denied = isTold ? (verdicts.denied ?? 0) : null
  const both = (allowed ?? 0) + (denied ?? 0)
  const count = isTold ? both : (tally.connections ?? tally.flows ?? tally.requests ?? tally.responses ?? 0)
  return { allowed, denied, count, witness: speaker.source }
}

const allowedBy = (verdicts: Tally['verdicts']): number => (verdicts.allowed ?? 0) + (verdicts.audited ?? 0)

/** Connections that were opened, by who tells connections; null: nobody does. */
function connectionsThrough(rows: WorldEdge['rows'], witness: Witness | null): number | null {
  if (!witness?.connections) return null
  let sum = 0
  for (const { facet, connections } of rows)
    if (isBy(witness, facet) && facet.verdict !== 'denied' && facet.verdict !== 'error') sum += connections ?? 0
  return sum
}
