import { chooseWitness, orders } from './choose-witness'
import { type Witness, witnessesOf, witnessName } from './witness'
import { type Edge, type EdgeRow, storedIds, type World } from '../world'

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
  for (const worldEdge of edges) {
    const { edge, rows } = worldEdge
    const key = apart(edge)
    let byWitnesses = first.get(key)
    if (!byWitnesses) first.set(key, (byWitnesses = new Map()))
    const witnesses = signatureOf(rows)
    const group = byWitnesses.get(witnesses) ?? edge.id
    if (group === edge.id) byWitnesses.set(witnesses, group)
    for (const id of storedIds(worldEdge)) groups.set(id, group)
  }
  return groups
}

/** Who is believed, and which reporter of which source knows which figures, as one text. */
function signatureOf(rows: readonly EdgeRow[]): string {
  const witnesses = witnessesOf(rows, null)
  const believed = [orders.requests, orders.responses, orders.flows].map((order) => {
    const witness = chooseWitness(witnesses, order, null)
    return witness ? witnessName(witness) : ''
  })
  const known = witnesses.map((witness) => `${witnessName(witness)} ${figuresOf(witness)}`)
  return [...believed, ...known.sort()].join('|')
}

/** Which figures a witness knows, and which it saw any of, as bits. */
function figuresOf({ flows, requests, responses, latency }: Witness): number {
  let bits = latency ? 64 : 0
  for (const [at, n] of [flows, requests, responses].entries())
    bits |= n === null ? 0 : n > 0 ? 3 << (2 * at) : 1 << (2 * at)
  return bits
}
