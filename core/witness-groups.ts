import type { Edge, EdgeRow, World } from './world'

/**
 * Edges that may be added up before witnesses are chosen, because the same ones saw the same figures
 * of them: edge id → id of the first such edge. Charts then cost a row per group instead of one per
 * edge. `apart`: edges with different values are never in one group. O(edges).
 */
export function witnessGroups(
  edges: World['edges'],
  apart: (edge: Edge) => unknown = () => null,
): ReadonlyMap<number, number> {
  const first = new Map<unknown, Map<string, number>>()
  const groups = new Map<number, number>()
  for (const { edge, rows } of edges) {
    const key = apart(edge)
    let byWitnesses = first.get(key)
    if (!byWitnesses) first.set(key, (byWitnesses = new Map()))
    const witnesses = witnessesOf(rows)
    const group = byWitnesses.get(witnesses) ?? edge.id
    if (group === edge.id) byWitnesses.set(witnesses, group)
    groups.set(edge.id, group)
  }
  return groups
}

/** Which reporter of which source knows which figures, as one text. */
function witnessesOf(rows: readonly EdgeRow[]): string {
  const known = new Map<string, number>()
  for (const row of rows) {
    const witness = `${row.facet.source} ${row.facet.reporter}`
    known.set(witness, (known.get(witness) ?? 0) | figuresOf(row))
  }
  return [...known]
    .map(([witness, figures]) => `${witness} ${figures}`)
    .sort()
    .join('|')
}

/** Which figures a row knows, and which it saw any of, as bits. */
function figuresOf({ flows, requests, responses, latency }: EdgeRow): number {
  let bits = latency ? 64 : 0
  for (const [at, n] of [flows, requests, responses].entries())
    bits |= n === null ? 0 : n > 0 ? 3 << (2 * at) : 1 << (2 * at)
  return bits
}
