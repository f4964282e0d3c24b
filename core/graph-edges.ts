import type { Fused } from './fuse'
import type { GraphEdge } from './graph'
import type { Place } from './graph-place'
import { type Diagnosis, edgeHealth, healthRank, mergedHealth } from './health'
import { addTally, emptyTally, figuresOf, type Tally } from './tally'
import { l7Protocols, protocols } from './verdict'
import type { Edge } from './world'

/** A drawn edge while the edges under it are being counted. */
export type EdgeDraft = {
  readonly from: Place
  readonly to: Place
  readonly members: { readonly edge: Edge; readonly fused: Fused; readonly diagnosis: Diagnosis }[]
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
export function addToEdges(drafts: EdgeDrafts, from: Place, to: Place, edge: Edge, fused: Fused): void {
  const folded = from.folded || to.folded
  if (folded && from === to) return
  const pair = from.index * maxPlaces + to.index
  const key = folded
    ? pair * channels
    : pair * channels + edge.port * protocols.length + protocols.indexOf(edge.protocol)
  const diagnosis = edgeHealth(fused.tally)
  let draft = drafts.get(key)
  if (!draft) drafts.set(key, (draft = { from, to, members: [], tally: fused.tally, severity: 0 }))
  else {
    if (draft.members.length === 1) draft.tally = sumOf(draft.tally)
    addTally(draft.tally, fused.tally)
  }
  draft.members.push({ edge, fused, diagnosis })
  draft.severity = Math.max(draft.severity, healthRank(diagnosis.health))
}

/** Ports × protocols, and as many places as keep the number of an edge exact. */
const channels = 65_536 * protocols.length
const maxPlaces = 160_000

/** The id of a drawn edge. */
export function draftId({ from, to, members: [member] }: EdgeDraft): string {
  return (member && drawnEdgeId(from, to, member.edge)) ?? `${from.id}|${to.id}|0|unknown`
}

function sumOf(tally: Tally): Tally {
  const sum = emptyTally()
  addTally(sum, tally)
  return sum
}

/** What a line is as strong as: its requests, or its flows where there are none. */
export const strength = ({ requests, flows }: Tally): number => requests || flows || 0

/** The drawn edge with its figures. O(its members and their sketches). */
export function finishEdge(draft: EdgeDraft, coveredSeconds: number): GraphEdge {
  const { from, to, members, tally } = draft
  const { health, why } = mergedHealth(members.map((member) => member.diagnosis))
  return {
    id: draftId(draft),
    from: from.id,
    to: to.id,
    port: same(members, (edge) => edge.port) ?? 0,
    protocol: same(members, (edge) => edge.protocol) ?? 'unknown',
    l7: mainL7(members),
    merged: members.length,
    health,
    why,
    figures: figuresOf(tally, coveredSeconds),
    witnesses: witnessesOf(members),
  }
}

function same<T>(members: EdgeDraft['members'], part: (edge: Edge) => T): T | undefined {
  const [first] = members
  if (!first) return undefined
  const value = part(first.edge)
  return members.every(({ edge }) => part(edge) === value) ? value : undefined
}

function mainL7(members: EdgeDraft['members']): GraphEdge['l7'] {
  const [only] = members
  if (only && members.length === 1) return only.fused.l7
  let best: GraphEdge['l7'] = 'none'
  let most = 0
  for (const l7 of l7Protocols) {
    if (l7 === 'none') continue
    let n = 0
    for (const {
      fused: { tally, l7: is },
    } of members)
      if (is === l7) n += tally.requests || tally.responses || 1
    if (n > most) [best, most] = [l7, n]
  }
  return best
}

/** The witness that speaks first for most members, then the others. */
function witnessesOf(members: EdgeDraft['members']): readonly string[] {
  const [only] = members
  if (only && members.length === 1) return only.fused.witnesses
  const weight = new Map<string, number>()
  for (const {
    fused: { witnesses },
  } of members) {
    for (const [at, witness] of witnesses.entries())
      weight.set(witness, (weight.get(witness) ?? 0) + (at === 0 ? 1 : 0))
  }
  return [...weight].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([witness]) => witness)
}
