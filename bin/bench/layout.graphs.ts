import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { LayoutInput } from '../../components/map/layout/layout-input'

export type Synthetic = {
  readonly nodes: readonly { readonly ns: number }[]
  readonly edges: readonly (readonly [number, number])[]
}

/** The graph as the layout takes it, nothing remembered. */
export function inputOf(graph: Synthetic): LayoutInput {
  const n = graph.nodes.length
  return {
    ids: graph.nodes.map((node, i) => `bench/ns-${node.ns}/Deployment/w-${i}`),
    groups: graph.nodes.map((node) => `bench/ns-${node.ns}`),
    halfWidths: new Float32Array(n).fill(36),
    links: Uint32Array.from(graph.edges.flat()),
    weights: new Float32Array(graph.edges.length).fill(1),
    known: new Float32Array(2 * n).fill(Number.NaN),
    hints: new Float32Array(2 * n).fill(Number.NaN),
    pinned: new Uint8Array(n),
  }
}

/** The shared synthetic graph where it is at hand, else one of the same shape: Zipf namespaces, most calls within them. */
export function read(nodes: number, edges: number): Synthetic {
  const file = join(process.env.ORIEL_SHARED ?? '../shared', `data/graphs/synthetic-${nodes}.json.gz`)
  if (existsSync(file)) return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Synthetic
  let seed = 7
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  const regions = Math.ceil(Math.sqrt(nodes))
  const ns = Array.from({ length: nodes }, () => Math.floor(regions * random() ** 2))
  const home = new Map<number, number[]>()
  ns.forEach((region, i) => home.set(region, [...(home.get(region) ?? []), i]))
  const pick = (from: number) => {
    const own = home.get(ns[from] ?? 0) ?? []
    return random() < 0.7 ? (own[Math.floor(own.length * random() ** 2)] ?? 0) : Math.floor(nodes * random() ** 2)
  }
  return {
    nodes: ns.map((region) => ({ ns: region })),
    edges: Array.from({ length: edges }, (_, i) => [i % nodes, pick(i % nodes)] as const),
  }
}
