import { csv } from '@/core/export/export-csv'
import type { Graph } from '@/core/graph/graph'
import type { Grouping } from '@/core/graph/graph-groups'
import { axisLabel, type Cell, matrixOf } from '../map/list/matrix'
import type { Lens } from '../url-state'

/** More is no table that a spreadsheet opens. */
export const maxMatrixCells = 1_000_000

/** Cells that the matrix of a graph has. */
export function matrixCells({ edges }: Pick<Graph, 'edges'>): number {
  return new Set(edges.map(({ from }) => from)).size * new Set(edges.map(({ to }) => to)).size
}

type Figure = { readonly unit: string; readonly of: (edges: Cell['edges']) => number | null }

const figures: Readonly<Partial<Record<Lens, Figure>>> = {
  traffic: {
    unit: 'requests/s, flows/s where no requests are seen',
    of: (edges) =>
      sum(edges.map(({ figures: { requestRate } }) => requestRate)) ??
      sum(edges.map(({ figures: { flowRate } }) => flowRate)),
  },
  errors: { unit: 'error ratio', of: ([{ figures: worst }]) => worst.errorRatio },
  latency: { unit: 'p95 in ms', of: ([{ figures: worst }]) => worst.p95 },
}

/** Of those that are known; null where none is. */
function sum(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null)
  return known.length === 0 ? null : known.reduce((all, rate) => all + rate, 0)
}

/**
 * The matrix as it is shown: callers down, callees across, in each cell what the lens is about. Empty where
 * there is no traffic, `unknown` where nobody told the figure. Of several edges the rates are added; else the worst speaks.
 */
export function matrixCsv(graph: Graph, lens: Lens, by: Grouping): string {
  const { callers, callees, cell } = matrixOf(graph, lens, by)
  const several = new Set(graph.nodes.map(({ cluster }) => cluster)).size > 1
  const name = (node: Graph['nodes'][number]) =>
    several && node.cluster !== '' ? `${node.cluster}/${axisLabel(node)}` : axisLabel(node)
  const figure = figures[lens]
  const value = (found: Cell | undefined) => {
    if (!found) return null
    return figure ? (figure.of(found.edges) ?? 'unknown') : found.meaning.words
  }
  return csv(
    [`caller \\ callee (${figure?.unit ?? lens})`, ...callees.map(name)],
    callers.map((caller) => [name(caller), ...callees.map((callee) => value(cell(caller.id, callee.id)))]),
  )
}
