import { edgeEncryption, mergeEncryption } from '../encryption/edge-encryption'
import type { Seats } from '../encryption/seats'
import { tellBy, type Told } from '../witness/fuse'
import type { GraphEdge } from './graph'
import type { Seen } from './graph-ends'
import type { Place } from './graph-place'
import { healthRank, mergedHealth } from '../health/health'
import { addTally, emptyTally, figuresOf, type Tally } from '../figures/tally'
import { l7Protocols, protocols } from '../verdict'
import { viewsOf, type Witness, witnessName, witnessNames } from '../witness/witness'
import type { EdgeCover, Edge } from '../world'

/** A drawn edge while the edges under it are being counted. */
export type EdgeDraft = {
  readonly from: Place
  readonly to: Place
  /** Mostly one. */
  readonly members: [Seen, ...Seen[]]
  /** That of its only member until there is a second one. */
  tally: Tally
  /** Of its worst member. */
  severity: number
}

/**
 * The id of the drawn edge for traffic between two places; null for traffic inside a folded one.
 * Where an end is folded all ports and protocols share one edge, whose id does not depend on how many there are.
 */
export function drawnEdgeId(
  from: Place,
  to: Place,
  { port, protocol }: Pick<Edge, 'port' | 'protocol'>,
): string | null {
  if (!from.folded && !to.folded) return `${from.id}|${to.id}|${port}|${protocol}`
  return from === to ? null : `${from.id}|${to.id}|0|unknown`
}

/** Drawn edges by number; their ids, which are long, are made when they are drawn. */
export type EdgeDrafts = Map<number, EdgeDraft>

/** Adds one edge of the World to its drawn edge. */
export function addToEdges(drafts: EdgeDrafts, from: Place, to: Place, seen: Seen): void {
  const folded = from.folded || to.folded
  if (folded && from === to) return
  const pair = (from.index * maxPlaces + to.index) * channels
  const key = folded ? pair : pair + channelOf(seen.edge)
  const severity = healthRank(seen.diagnosis.health)
  const draft = drafts.get(key)
  if (!draft) {
    drafts.set(key, { from, to, members: [seen], tally: seen.tally, severity })
    return
  }
  if (draft.members.length === 1) draft.tally = sumOf(draft.tally)
  addTally(draft.tally, seen.tally)
  draft.members.push(seen)
  draft.severity = Math.max(draft.severity, severity)
}

/** Port and protocol as one number, in the order of ports. */
export const channelOf = ({ port, protocol }: Edge): number => port * protocols.length + protocols.indexOf(protocol)

/** Ports × protocols, and as many places as keep the number of an edge exact. */
export const channels = 65_536 * protocols.length
const maxPlaces = 160_000

function sumOf(tally: Tally): Tally {
  const sum = emptyTally()
  addTally(sum, tally)
  return sum
}

/** What a line is as strong as: its requests, or its flows where there are none. */
export const strength = ({ requests, flows, connections }: Tally): number => requests || flows || connections || 0

/** The drawn edge with its figures. O(its members and their sketches). */
export function finishEdge(
  { from, to, members, tally }: EdgeDraft,
  coveredSeconds: number,
  coverOf: (edge: Edge) => EdgeCover | null,
  seats: Seats,
): GraphEdge {
  const [first] = members
  const alone = members.length === 1
  const folded = from.folded || to.folded
  const { health, why } = alone ? first.diagnosis : mergedHealth(members.map((member) => member.diagnosis))
  return {
    id: `${from.id}|${to.id}|${folded ? '0|unknown' : `${first.edge.port}|${first.edge.protocol}`}`,
    from: from.id,
    to: to.id,
    port: same(members, (edge) => edge.port) ?? 0,
    protocol: same(members, (edge) => edge.protocol) ?? 'unknown',
    l7: alone ? first.l7 : mainL7(members),
    merged: members.length,
    health,
    why,
    figures: figuresOf(tally, coveredSeconds),
    witnesses: alone ? witnessNames(first.rows, first.witness) : witnessesOf(members),
    ...tellersOf(members),
    encryption: mergeEncryption(
      members.map((member) => edgeEncryption(member, seats, coverOf(member.edge), member.witnesses)),
    ),
    seen: viewsOf(members.map(({ rows }) => rows)),
  }
}

/** Who told each figure for most members, and who was passed over for any. */
function tellersOf(members: EdgeDraft['members']): Pick<GraphEdge, 'told' | 'passedOver'> {
  const tellers = members.map(({ witnesses }) => tellBy(witnesses))
  const most = (figure: keyof Told) => {
    const counts = new Map<string, number>()
    for (const { told } of tellers) {
      const name = told[figure] && witnessName(told[figure])
      if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    const [first] = counts.size > 1 ? [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)) : counts
    return first?.[0] ?? null
  }
  return {
    told: {
      requests: most('requests'),
      responses: most('responses'),
      flows: most('flows'),
      connections: most('connections'),
      bytes: most('bytes'),
    },
    passedOver: [...new Set(tellers.flatMap(({ passedOver }) => passedOver.map(witnessName)))].sort(),
  }
}

function same<T>(members: EdgeDraft['members'], part: (edge: Edge) => T): T | undefined {
  const value = part(members[0].edge)
  for (const { edge } of members) if (part(edge) !== value) return undefined
  return value
}

function mainL7(members: EdgeDraft['members']): GraphEdge['l7'] {
  let best: GraphEdge['l7'] = 'none'
  let most = 0
  for (const l7 of l7Protocols) {
    if (l7 === 'none') continue
    let n = 0
    for (const { tally, l7: is } of members) if (is === l7) n += tally.requests || tally.responses || 1
    if (n > most) [best, most] = [l7, n]
  }
  return best
}

const firstByName = (witnesses: readonly Witness[]): string | null =>
  witnesses
    .map(witnessName)
    .reduce<string | null>((first, name) => (first === null || name < first ? name : first), null)

/** The witness that speaks first for most members, then the others. */
function witnessesOf(members: EdgeDraft['members']): readonly string[] {
  const weight = new Map<string, number>()
  for (const { witnesses, witness } of members) {
    const first = witness ? witnessName(witness) : firstByName(witnesses)
    for (const each of witnesses) {
      const name = witnessName(each)
      weight.set(name, (weight.get(name) ?? 0) + (name === first ? 1 : 0))
    }
  }
  return [...weight].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name)
}
