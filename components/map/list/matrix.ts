import { type Graph, type GraphEdge, type GraphNode, isGroup } from '@/core/graph/graph'
import type { Grouping } from '@/core/graph/graph-groups'
import type { Lens } from '../../url-state'
import { strength } from '../scene/edge-style'
import { edgeClass, type EdgeClass } from '../lens'
import { heldRegion, regionOf } from '../scene/node-size'

/** All traffic from one node to another: the edges, the worst of them first, and what that means through the lens. */
export type Cell = { readonly edges: readonly [GraphEdge, ...GraphEdge[]]; readonly meaning: EdgeClass }

/** The graph as a table: callers down, callees across, both in the order of their regions. */
export type Matrix = {
  readonly callers: readonly GraphNode[]
  readonly callees: readonly GraphNode[]
  readonly cell: (caller: string, callee: string) => Cell | undefined
  /** The region of a node, as folding names it; '' for one that stands alone. */
  readonly regionOf: (node: GraphNode) => string
}

/**
 * Rows are the nodes that call, columns those that are called. Regions follow each other by name and
 * outside parties come last; within a region those that call the same things stand together.
 * O(nodes log nodes + edges).
 */
export function matrixOf(graph: Graph, lens: Lens, by: Grouping): Matrix {
  const cells = new Map<string, GraphEdge[]>()
  const callees = new Map<string, Set<string>>()
  const callers = new Map<string, Set<string>>()
  for (const edge of graph.edges) {
    const key = keyOf(edge.from, edge.to)
    const cell = cells.get(key)
    if (cell) cell.push(edge)
    else cells.set(key, [edge])
    note(callees, edge.from, edge.to)
    note(callers, edge.to, edge.from)
  }
  const region = (node: GraphNode) => heldRegion(node) ?? regionOf(node, by)
  const made = new Map<string, Cell>()
  return {
    callers: clustered(
      graph.nodes.filter(({ id }) => callees.has(id)),
      callees,
      region,
    ),
    callees: clustered(
      graph.nodes.filter(({ id }) => callers.has(id)),
      callers,
      region,
    ),
    regionOf: region,
    cell(from, to) {
      const key = keyOf(from, to)
      const found = made.get(key)
      if (found) return found
      const [first, ...rest] = (cells.get(key) ?? []).toSorted((a, b) => worse(a, b, lens))
      if (!first) return undefined
      const cell: Cell = { edges: [first, ...rest], meaning: edgeClass(first, lens) }
      made.set(key, cell)
      return cell
    },
  }
}

const keyOf = (from: string, to: string) => `${from}|${to}`

const worse = (a: GraphEdge, b: GraphEdge, lens: Lens) =>
  edgeClass(b, lens).rank - edgeClass(a, lens).rank || strength(b.figures) - strength(a.figures)

function note(table: Map<string, Set<string>>, key: string, value: string): void {
  const list = table.get(key)
  if (list) list.add(value)
  else table.set(key, new Set([value]))
}

/** By region; within one a greedy chain in which each is followed by the one that shares most with it. */
function clustered(
  nodes: readonly GraphNode[],
  others: ReadonlyMap<string, ReadonlySet<string>>,
  region: (node: GraphNode) => string,
): GraphNode[] {
  const groups = new Map<string, GraphNode[]>()
  for (const node of nodes) {
    const key = region(node)
    const list = groups.get(key)
    if (list) list.push(node)
    else groups.set(key, [node])
  }
  const last = (key: string) => Number(key === '')
  const names = [...groups.keys()].sort((a, b) => last(a) - last(b) || (a < b ? -1 : 1))
  return names.flatMap((name) => chain(groups.get(name) ?? [], others))
}

/** Beyond this a chain would cost too much and show too little: plain order then. */
const mostChained = 300

function chain(nodes: readonly GraphNode[], others: ReadonlyMap<string, ReadonlySet<string>>): GraphNode[] {
  const left = nodes.toSorted(
    (a, b) => (others.get(b.id)?.size ?? 0) - (others.get(a.id)?.size ?? 0) || (a.id < b.id ? -1 : 1),
  )
  if (left.length > mostChained) return left.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const out: GraphNode[] = []
  for (let next = left.shift(); next;) {
    out.push(next)
    const from = others.get(next.id)
    let best = 0
    let most = -1
    for (const [i, node] of left.entries()) {
      const shared = likeness(from, others.get(node.id))
      if (shared > most) [best, most] = [i, shared]
    }
    ;[next] = left.splice(best, 1)
  }
  return out
}

/** Share of the neighbours of two that both have (Jaccard). */
function likeness(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  let shared = 0
  for (const id of a) if (b.has(id)) shared++
  return shared / (a.size + b.size - shared || 1)
}

/** What a row or column is called: with its namespace where it is a workload of one. */
export const axisLabel = (node: GraphNode): string =>
  node.namespace !== '' && !isGroup(node.type) ? `${node.namespace}/${node.name}` : node.name
