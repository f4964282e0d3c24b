import type { World } from '../world'
import type { Window } from '../time'
import { type Amounts, type Basis, type Coverage, type EncryptionClass, type EncryptionUnit } from './classes'
import type { UnitEvidence } from './classify-edge'
import type { ClassifiedWorld } from './classify-world'
import { type Counted, groupOf } from './cover-rows'
import { addAmounts, coverageOf, totalOf } from './coverage'
import type { ListedEdge } from './encryption-answer'
import type { FigureOf } from './figure-of'

/** On what a figure rests: who told how much of each class, and which edges it is the sum of. */
export type FigureEvidence = {
  readonly window: Window
  readonly unit: EncryptionUnit
  readonly amounts: Amounts
  readonly coverage: Coverage | null
  /** Parts of the figure by class, certainty and witnesses; most first. */
  readonly parts: readonly EvidencePart[]
  /** Most of the asked class first, at most `maxEvidenceEdges`. */
  readonly edges: readonly EvidenceEdge[]
  /** All edges with something of the asked class. */
  readonly edgeCount: number
}

export type EvidencePart = {
  readonly class: EncryptionClass
  readonly basis: Basis
  /** As `source/reporter`; empty where it follows from what nobody saw. */
  readonly witnesses: readonly string[]
  readonly amount: number
  readonly edges: number
}

export type EvidenceEdge = Pick<ListedEdge, 'id' | 'from' | 'to' | 'port' | 'protocol'> & {
  readonly amounts: Amounts
  /** Of the asked class; of all where none is asked. */
  readonly amount: number
}

export const maxEvidenceEdges = 100

/** On what a figure rests; `only`: one class of it. O(edges × log). */
export function figureEvidence(
  world: World,
  classified: ClassifiedWorld,
  { unit, of, only }: { readonly unit: EncryptionUnit; readonly of: FigureOf; readonly only: EncryptionClass | null },
): FigureEvidence {
  const isIn = figureTest(of, world)
  const counted = classified.edges.flatMap((each): Counted[] => {
    const evidence = each.units[unit]
    return evidence && isIn(each.worldEdge.edge) ? [{ each, evidence }] : []
  })
  const amounts = addAmounts(counted.map(({ evidence }) => evidence.amounts))
  const amountOf = (evidence: UnitEvidence) => (only ? evidence.amounts[only] : totalOf(evidence.amounts))
  const edges = counted
    .map(({ each, evidence }): EvidenceEdge => {
      const { from, to, port, protocol } = each.worldEdge.edge
      return { id: each.id, from, to, port, protocol, amounts: evidence.amounts, amount: amountOf(evidence) }
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || (a.id < b.id ? -1 : 1))
  return {
    window: world.window,
    unit,
    amounts,
    coverage: coverageOf(amounts),
    parts: partsOf(counted, only),
    edges: edges.slice(0, maxEvidenceEdges),
    edgeCount: edges.length,
  }
}

function partsOf(counted: readonly Counted[], only: EncryptionClass | null): readonly EvidencePart[] {
  const parts = new Map<string, { part: Omit<EvidencePart, 'amount' | 'edges'>; amount: number; edges: number }>()
  for (const { evidence } of counted)
    for (const { class: name, amount, basis, witnesses } of evidence.classes) {
      if (only && name !== only) continue
      const key = JSON.stringify([name, basis, witnesses])
      const known = parts.get(key) ?? { part: { class: name, basis, witnesses }, amount: 0, edges: 0 }
      parts.set(key, { ...known, amount: known.amount + amount, edges: known.edges + 1 })
    }
  return [...parts.values()]
    .map(({ part, amount, edges }) => ({ ...part, amount, edges }))
    .sort((a, b) => b.amount - a.amount)
}

type Ends = Counted['each']['worldEdge']['edge']

function figureTest(of: FigureOf, { teams }: World): (edge: Ends) => boolean {
  switch (of.type) {
    case 'all':
      return () => true
    case 'group':
      return ({ from, to }) => groupOf(from).id === of.id || groupOf(to).id === of.id
    case 'cluster':
      return (edge) => [edge.from, edge.to].some(({ cluster, kind }) => kind !== 'External' && cluster === of.id)
    case 'team':
      return ({ from, to }) =>
        [from, to].some(({ cluster, namespace }) => teams.get(`${cluster}/${namespace}`) === of.id)
    case 'pair':
      return ({ from, to }) => groupOf(from).id === of.from && groupOf(to).id === of.to
  }
}
