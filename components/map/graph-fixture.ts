import { type Figures, unknownFigures } from '@/core/figures/figures'
import { type Graph, type GraphEdge, type GraphNode, toldByNobody } from '@/core/graph/graph'

/** Small graphs for tests of the map; no product code imports this. */

export const figures = (over: Partial<Figures> = {}): Figures => ({
  ...unknownFigures,
  requestRate: 10,
  requests: 100,
  responses: 100,
  clientErrors: 0,
  serverErrors: 0,
  errorRatio: 0,
  p50: 5,
  p95: 20,
  p99: 40,
  verdicts: { allowed: 100 },
  ...over,
})

export const node = (name: string, over: Partial<GraphNode> = {}): GraphNode => ({
  id: `c/shop/Deployment/${name}`,
  type: 'workload',
  cluster: 'c',
  namespace: 'shop',
  kind: 'Deployment',
  name,
  members: 1,
  dataStore: false,
  role: null,
  team: null,
  health: 'healthy',
  why: '',
  incoming: figures(),
  outgoing: null,
  ...over,
})

/** An edge between two ids. */
export const edge = (from: string, to: string, over: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${from}|${to}|80|tcp`,
  from,
  to,
  port: 80,
  protocol: 'tcp',
  l7: 'http',
  merged: 1,
  health: 'healthy',
  why: '',
  figures: figures(),
  witnesses: [],
  told: toldByNobody,
  passedOver: [],
  encryption: { summary: 'unknown', units: { requests: null, connections: null, bytes: null } },
  seen: [],
  ...over,
})

export const graphOf = (nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Graph => ({
  window: { from: 0, to: 1 },
  level: 'workload',
  nodes,
  edges,
  total: { nodes: nodes.length, edges: edges.length },
  hiddenNodes: 0,
  views: [],
  focus: null,
  folded: [],
  foldedBySize: false,
  gaps: [],
  sources: [],
})
