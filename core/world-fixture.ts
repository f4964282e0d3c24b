import { noCounters } from './figures/counters'
import type { Endpoint } from './endpoint'
import { addLatency, encodeSketch, type Sketch } from './figures/sketch'
import type { Counters, Edge, EdgeRow, Facet, InventoryItem, World, WorldEdge } from './world'

/** Small Worlds for tests of core; no product code imports this. */

export const workload = (name: string, namespace = 'shop', cluster = 'east'): Endpoint => ({
  cluster,
  namespace,
  kind: 'Deployment',
  name,
})

export const external = (name: string): Endpoint => ({ cluster: 'east', namespace: '', kind: 'External', name })

export const facet = (parts: Partial<Facet> = {}): Facet => ({
  source: 'hubble',
  reporter: 'destination',
  verdict: 'allowed',
  reason: '',
  l7: 'none',
  encryption: 'unknown',
  hop: 'unknown',
  ...parts,
})

export const row = (parts: Partial<Facet>, counters: Partial<Counters>): EdgeRow => ({
  facet: facet(parts),
  ...noCounters,
  ...counters,
})

/** A row of HTTP requests that were all answered, after `ms` each. */
export const http = (
  requests: number,
  serverErrors = 0,
  ms: number | null = null,
  parts: Partial<Facet> = {},
): EdgeRow =>
  row(
    { l7: 'http', ...parts },
    {
      requests,
      responses: requests,
      clientErrors: 0,
      serverErrors,
      latency: ms === null ? null : sketchOf(ms, requests),
    },
  )

export const flows = (n: number, parts: Partial<Facet> = {}): EdgeRow => row(parts, { flows: n })

export function sketchOf(ms: number, n = 1): Sketch {
  const counts = new Map<number, number>()
  addLatency(counts, ms, n)
  return encodeSketch(counts)
}

let lastId = 0

export const edge = (
  from: Endpoint,
  to: Endpoint,
  rows: readonly EdgeRow[],
  parts: Partial<Pick<Edge, 'id' | 'port' | 'protocol'>> = {},
): WorldEdge => ({ edge: { id: ++lastId, from, to, port: 8080, protocol: 'tcp', ...parts }, rows })

export const item = (
  endpoint: Endpoint,
  services: readonly string[] = [],
  pods = 1,
  role: InventoryItem['role'] = null,
): InventoryItem => ({ endpoint, services, pods, role, app: null })

export const world = (edges: readonly WorldEdge[], parts: Partial<World> = {}): World => ({
  window: { from: 0, to: 100_000 },
  coveredSeconds: 100,
  clusterSeconds: new Map(),
  sourceSeconds: new Map(),
  edges,
  inventory: [],
  teams: new Map(),
  gaps: [],
  sources: [
    {
      id: 'hubble',
      type: 'hubble',
      cluster: 'east',
      state: 'running',
      stateSince: 0,
      firstEventAt: 0,
      lastEventAt: 100_000,
      toldUntil: 100_000,
    },
  ],
  ...parts,
})
