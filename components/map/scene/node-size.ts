import { type Graph, type GraphNode, isGroup } from '@/core/graph/graph'
import { type Grouping, teamRegion } from '@/core/graph/graph-groups'
import { middleTruncate } from '../../format'
import { strength } from './edge-style'
import type { LayoutInput } from '../layout/layout-input'
import type { LayeredInput } from '../layout/layout-layered'
import type { Point } from '../camera/camera'

/**
 * The region a node is drawn in: its namespace or its team, or the machines of its cluster together. '' for
 * those that stand alone (outside parties, whole regions).
 */
export function regionOf({ type, cluster, namespace, team }: RegionParts, by: Grouping): string {
  if (type === 'node') return `${cluster}/`
  if (type === 'team' || type === 'cluster' || namespace === '') return ''
  if (by === 'team' && team !== null) return teamRegion(cluster, team)
  return type === 'namespace' ? '' : `${cluster}/${namespace}`
}

type RegionParts = Pick<GraphNode, 'type' | 'cluster' | 'namespace' | 'team'>

/** The region that a folded node stands for; null for a node that holds none. */
export function heldRegion({
  type,
  cluster,
  namespace,
  name,
}: Pick<GraphNode, 'type' | 'cluster' | 'namespace' | 'name'>) {
  if (type === 'namespace') return `${cluster}/${namespace}`
  return type === 'team' ? teamRegion(cluster, name) : null
}

/** What a region is called. */
export const regionLabel = (region: string): string =>
  region.slice(region.lastIndexOf('/') + 1).replace(/^team:/, 'team ') || 'cluster nodes'

/** Namespaces can be folded; the machines of a cluster cannot. */
export const canFold = (region: string): boolean => !region.endsWith('/')

export const shortLabel = (name: string): string => middleTruncate(name, 26)

/** Half the width of a label at 11 px, and a little more, for names shrink slower than the map; an estimate that needs no font. */
export const halfWidthOf = (label: string): number => Math.min(96, Math.max(24, label.length * 3.4 + 8))

/** Half the width kept for a folded region: its edges need to be seen. */
const plateRoom = 58

/** What the layout is told about a graph. Never placed nodes get a hint: where their region was folded, or where its members were. */
export function layoutInputOf(
  graph: Graph,
  remembered: ReadonlyMap<string, Point>,
  by: Grouping,
  pins: ReadonlyMap<string, Point>,
): LayoutInput {
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
    const hint =
      node.type === 'namespace'
        ? centres.get(home)
        : (remembered.get(`${home}/Namespace/${node.namespace}`) ??
          remembered.get(`${node.cluster}//Team/${node.team}`))
    if (hint && node.namespace !== '') hints.set(hint, 2 * i)
  })
  return {
    ids: nodes.map((node) => node.id),
    groups: nodes.map((node) => regionOf(node, by)),
    halfWidths: Float32Array.from(nodes, (node) =>
      Math.max(isGroup(node.type) ? plateRoom : 0, halfWidthOf(shortLabel(node.name))),
    ),
    links: Uint32Array.from(links),
    weights: Float32Array.from(weights),
    known,
    hints,
    pinned: Uint8Array.from(nodes, (node) => Number(pins.has(node.id))),
  }
}

/** What the layered layout is told about a graph around one node. Names there are written with their namespace. */
export function layeredInputOf(graph: Graph): LayeredInput {
  const index = new Map(graph.nodes.map((node, i) => [node.id, i]))
  return {
    ids: graph.nodes.map((node) => node.id),
    halfWidths: Float32Array.from(graph.nodes, (node) => halfWidthOf(labelOf(node, true))),
    links: Uint32Array.from(
      graph.edges.flatMap((edge) => {
        const [from, to] = [index.get(edge.from), index.get(edge.to)]
        return from === undefined || to === undefined ? [] : [from, to]
      }),
    ),
    root: index.get(graph.focus ?? '') ?? 0,
  }
}

/** What is written below a node; `full`: with its namespace, where no region says it. */
export const labelOf = (node: Pick<GraphNode, 'type' | 'namespace' | 'name'>, full: boolean): string =>
  shortLabel(full && node.namespace !== '' && !isGroup(node.type) ? `${node.namespace}/${node.name}` : node.name)

function regionCentres(remembered: ReadonlyMap<string, Point>): Map<string, Point> {
  const sums = new Map<string, [number, number, number]>()
  for (const [id, [x, y]] of remembered) {
    const home = id.split('/', 2).join('/')
    const sum = sums.get(home) ?? [0, 0, 0]
    sums.set(home, [sum[0] + x, sum[1] + y, sum[2] + 1])
  }
  return new Map([...sums].map(([home, [x, y, count]]) => [home, [x / count, y / count]]))
}
