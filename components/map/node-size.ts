import type { Graph, GraphNode } from '@/core/graph'
import { middleTruncate } from '../format'
import { strength } from './edge-style'
import type { LayoutInput } from './layout-input'
import type { Point } from './remembered'

/**
 * The region a node is drawn in: its namespace, or the machines of its cluster together. '' for those that
 * stand alone (outside parties, whole namespaces).
 */
export const regionOf = (node: Pick<GraphNode, 'type' | 'cluster' | 'namespace'>): string =>
  node.type === 'node'
    ? `${node.cluster}/`
    : node.type === 'namespace' || node.namespace === ''
      ? ''
      : `${node.cluster}/${node.namespace}`

/** What a region is called. */
export const regionLabel = (region: string): string => region.slice(region.indexOf('/') + 1) || 'cluster nodes'

/** Namespaces can be folded; the machines of a cluster cannot. */
export const canFold = (region: string): boolean => !region.endsWith('/')

export const shortLabel = (name: string): string => middleTruncate(name, 26)

/** Half the width of a label at 11 px, and a little more, for names shrink slower than the map; an estimate that needs no font. */
export const halfWidthOf = (label: string): number => Math.min(96, Math.max(24, label.length * 3.4 + 8))

/** Half the width kept for a folded region: its edges need to be seen. */
const plateRoom = 58

/** What the layout is told about a graph. Never placed nodes get a hint: where their region was folded, or where its members were. */
export function layoutInputOf(graph: Graph, remembered: ReadonlyMap<string, Point>): LayoutInput {
  const { nodes } = graph
  const index = new Map(nodes.map((node, i) => [node.id, i]))
  const links: number[] = []
  const weights: number[] = []
  for (const edge of graph.edges) {
    const from = index.get(edge.from)
    const to = index.get(edge.to)
    if (from === undefined || to === undefined) continue
    // Machines probe everything; that says nothing about what belongs together.
    if (nodes[from]?.type === 'node' || nodes[to]?.type === 'node') continue
    links.push(from, to)
    weights.push(2 ** Math.round(Math.log10(1 + strength(edge.figures)) * 1.5))
  }
  const known = new Float32Array(2 * nodes.length).fill(Number.NaN)
  const hints = new Float32Array(2 * nodes.length).fill(Number.NaN)
  const centres = regionCentres(remembered)
  nodes.forEach((node, i) => {
    const place = remembered.get(node.id)
    if (place) known.set(place, 2 * i)
    const home = `${node.cluster}/${node.namespace}`
    const hint = node.type === 'namespace' ? centres.get(home) : remembered.get(`${home}/Namespace/${node.namespace}`)
    if (hint && node.namespace !== '') hints.set(hint, 2 * i)
  })
  return {
    ids: nodes.map((node) => node.id),
    groups: nodes.map(regionOf),
    halfWidths: Float32Array.from(nodes, (node) =>
      Math.max(node.type === 'namespace' ? plateRoom : 0, halfWidthOf(shortLabel(node.name))),
    ),
    links: Uint32Array.from(links),
    weights: Float32Array.from(weights),
    known,
    hints,
  }
}

function regionCentres(remembered: ReadonlyMap<string, Point>): Map<string, Point> {
  const sums = new Map<string, [number, number, number]>()
  for (const [id, [x, y]] of remembered) {
    const home = id.split('/', 2).join('/')
    const sum = sums.get(home) ?? [0, 0, 0]
    sums.set(home, [sum[0] + x, sum[1] + y, sum[2] + 1])
  }
  return new Map([...sums].map(([home, [x, y, count]]) => [home, [x / count, y / count]]))
}
