import type { Fused } from './fuse'
import type { GraphEdge } from './graph'
import type { Place } from './graph-place'
import { type Diagnosis, edgeHealth, healthRank, mergedHealth } from './health'
import { addTally, emptyTally, figuresOf, type Tally } from './tally'
import { l7Protocols } from './verdict'
import type { Edge } from './world'

/** A drawn edge while the edges under it are being counted. */
export type EdgeDraft = {
  readonly id: string
  readonly from: Place
  readonly to: Place
  readonly members: { readonly edge: Edge; readonly fused: Fused; readonly diagnosis: Diagnosis }[]
  readonly tally: Tally
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

/** Adds one edge of the World to its drawn edge. */
export function addToEdges(drafts: Map<string, EdgeDraft>, from: Place, to: Place, edge: Edge, fused: Fused): void {
  const id = drawnEdgeId(from, to, edge)
  if (id === null) return
  let draft = drafts.get(id)
  if (!draft) drafts.set(id, (draft = { id, from, to, members: [], tally: emptyTally(), severity: 0 }))
  const diagnosis = edgeHealth(fused.tally)
  draft.members.push({ edge, fused, diagnosis })
  draft.severity = Math.max(draft.severity, healthRank(diagnosis.health))
  addTally(draft.tally, fused.tally)
}

/** What a line is as strong as: its requests, or its flows where there are none. */
export const strength = ({ requests, flows }: Tally): number => requests || flows || 0

/** The drawn edge with its figures. O(its members and their sketches). */
export function finishEdge(draft: EdgeDraft, coveredSeconds: number): GraphEdge {
  const { id, from, to, members, tally } = draft
  const { health, why } = mergedHealth(members.map((member) => member.diagnosis))
  return {
    id,
    from: from.id,
    to: to.id,
    port: same(members.map(({ edge }) => edge.port)) ?? 0,
    protocol: same(members.map(({ edge }) => edge.protocol)) ?? 'unknown',
    l7: mainL7(members.map(({ fused }) => fused)),
    merged: members.length,
    health,
    why,
    figures: figuresOf(tally, coveredSeconds),
    witnesses: witnessesOf(members.map(({ fused }) => fused)),
  }
}

function same<T>(values: readonly T[]): T | undefined {
  const [first] = values
  return values.every((value) => value === first) ? first : undefined
}

function mainL7(members: readonly Fused[]): GraphEdge['l7'] {
  const [only] = members
  if (only && members.length === 1) return only.l7
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

/** The witness that speaks first for most members, then the others. */
function witnessesOf(members: readonly Fused[]): readonly string[] {
  const [only] = members
  if (only && members.length === 1) return only.witnesses
  const weight = new Map<string, number>()
  for (const { witnesses } of members) {
    for (const [at, witness] of witnesses.entries())
      weight.set(witness, (weight.get(witness) ?? 0) + (at === 0 ? 1 : 0))
  }
  return [...weight].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([witness]) => witness)
}
