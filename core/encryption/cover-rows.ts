import { endpointType, type Endpoint } from '../endpoint'
import { isOutside, outside } from '../redact'
import type { World } from '../world'
import type { UnitEvidence } from './classify-edge'
import type { ClassifiedEdge } from './classify-world'
import { addAmounts, coverageOf, totalOf } from './coverage'
import type { CoverRow, GroupKind, GroupRow, MatrixCell } from './encryption-answer'

/** An edge with its evidence in the unit that is asked for. */
export type Counted = { readonly each: ClassifiedEdge; readonly evidence: UnitEvidence }

type Group = { readonly id: string; readonly kind: GroupKind; readonly cluster: string; readonly name: string }

/** Where an end belongs: its namespace, the machines of its cluster, outside, or nobody knows. */
export function groupOf(endpoint: Endpoint): Group {
  const { cluster, namespace } = endpoint
  const type = endpointType(endpoint)
  if (type === 'external') return { id: 'outside', kind: 'outside', cluster: '', name: 'outside' }
  if (type === 'node') return { id: `${cluster}/`, kind: 'nodes', cluster, name: 'nodes' }
  if (isOutside(endpoint)) return { id: 'hidden', kind: 'unknown', cluster: '', name: outside.name }
  if (type === 'unknown' || namespace === '') return { id: 'unknown', kind: 'unknown', cluster: '', name: 'unknown' }
  return { id: `${cluster}/${namespace}`, kind: 'namespace', cluster, name: namespace }
}

/** Rows by namespace and what is none, most traffic first. O(edges). */
export function groupRows(counted: readonly Counted[], teams: World['teams']): readonly GroupRow[] {
  const groups = new Map<string, Group>()
  const rows = rowsBy(counted, (end) => {
    const group = groupOf(end)
    groups.set(group.id, group)
    return group
  })
  return rows.flatMap((row) => {
    const group = groups.get(row.id)
    return group ? [{ ...row, kind: group.kind, cluster: group.cluster, team: teams.get(row.id) ?? null }] : []
  })
}

/** Foreign ends and those that nobody knows are of no cluster. O(edges). */
export const clusterRows = (counted: readonly Counted[]): readonly CoverRow[] =>
  rowsBy(counted, ({ cluster, kind }) =>
    kind === 'External' || cluster === '' ? null : { id: cluster, name: cluster },
  )

/** O(edges). */
export const teamRows = (counted: readonly Counted[], teams: World['teams']): readonly CoverRow[] =>
  rowsBy(counted, ({ cluster, namespace }) => {
    const team = teams.get(`${cluster}/${namespace}`)
    return team === undefined ? null : { id: team, name: team }
  })

type Name = { readonly id: string; readonly name: string }

/** Each edge for both of its ends, once where they are one. */
function rowsBy(counted: readonly Counted[], nameOf: (end: Endpoint) => Name | null): readonly CoverRow[] {
  const rows = new Map<string, { readonly name: string; readonly evidence: UnitEvidence[] }>()
  for (const { each, evidence } of counted) {
    const { from, to } = each.worldEdge.edge
    const [a, b] = [nameOf(from), nameOf(to)]
    for (const name of a?.id === b?.id ? [a] : [a, b]) {
      if (!name) continue
      const row = rows.get(name.id) ?? { name: name.name, evidence: [] }
      row.evidence.push(evidence)
      rows.set(name.id, row)
    }
  }
  return [...rows]
    .map(([id, { name, evidence }]) => ({ id, name, ...summed(evidence) }))
    .sort((a, b) => totalOf(b.amounts) - totalOf(a.amounts) || (a.id < b.id ? -1 : 1))
}

/** O(edges). */
export function matrixOf(counted: readonly Counted[]): readonly MatrixCell[] {
  const cells = new Map<string, { readonly from: string; readonly to: string; readonly evidence: UnitEvidence[] }>()
  for (const { each, evidence } of counted) {
    const { edge } = each.worldEdge
    const [from, to] = [groupOf(edge.from).id, groupOf(edge.to).id]
    const key = `${from}|${to}`
    const cell = cells.get(key) ?? { from, to, evidence: [] }
    cell.evidence.push(evidence)
    cells.set(key, cell)
  }
  return [...cells.values()].map(({ from, to, evidence }) => ({ from, to, ...summed(evidence) }))
}

function summed(evidence: readonly UnitEvidence[]): Pick<CoverRow, 'edges' | 'amounts' | 'coverage'> {
  const amounts = addAmounts(evidence.map((each) => each.amounts))
  return { edges: evidence.length, amounts, coverage: coverageOf(amounts) }
}
