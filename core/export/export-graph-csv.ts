import { csv } from './export-csv'
import type { Figures } from '../figures/figures'
import type { Graph, GraphNode } from '../graph/graph'

const figureNames = [
  'requestRate',
  'requests',
  'responses',
  'clientErrors',
  'serverErrors',
  'errorRatio',
  'p50',
  'p95',
  'p99',
  'flowRate',
  'connectionRate',
  'openConnections',
  'sentRate',
  'receivedRate',
] as const satisfies readonly (keyof Figures)[]
const verdictNames = ['allowed', 'denied', 'audited', 'error', 'unknown'] as const

/** Names of the cells of figures. Units are in the names: rates per second, latency in milliseconds, bytes. */
export const figureHeader = [
  'requests_per_s',
  'requests',
  'responses',
  'client_errors',
  'server_errors',
  'error_ratio',
  'p50_ms',
  'p95_ms',
  'p99_ms',
  'flows_per_s',
  'connections_per_s',
  'open_connections',
  'sent_bytes_per_s',
  'received_bytes_per_s',
  ...verdictNames.map((verdict) => `flows_${verdict}`),
]

/** The cells of figures, in the order of `figureHeader`; what is unknown is null. */
export const figureCells = (figures: Figures | null) => [
  ...figureNames.map((name) => figures?.[name] ?? null),
  ...verdictNames.map((verdict) => figures?.verdicts[verdict] ?? null),
]

/** Every drawn edge with its ends and figures; what is unknown is empty. */
export function edgesCsv(graph: Pick<Graph, 'nodes' | 'edges'>): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const end = (id: string) => nameCells(nodes.get(id))
  return csv(
    [
      ...nameHeader.map((name) => `from_${name}`),
      ...nameHeader.map((name) => `to_${name}`),
      'port',
      'protocol',
      'l7',
      'health',
      'why',
      ...figureHeader,
      'witnesses',
      'edges_merged',
    ],
    graph.edges.map((edge) => [
      ...end(edge.from),
      ...end(edge.to),
      edge.port,
      edge.protocol,
      edge.l7,
      edge.health,
      edge.why,
      ...figureCells(edge.figures),
      edge.witnesses.join(' '),
      edge.merged,
    ]),
  )
}

/** Every drawn node with what comes in to it. */
export const nodesCsv = (graph: Pick<Graph, 'nodes'>): string =>
  csv(
    [...nameHeader, 'type', 'health', 'why', ...figureHeader, 'members'],
    graph.nodes.map((node) => [
      ...nameCells(node),
      node.type,
      node.health,
      node.why,
      ...figureCells(node.incoming),
      node.members,
    ]),
  )

const nameHeader = ['cluster', 'namespace', 'kind', 'name']
const nameCells = (node: GraphNode | undefined) =>
  node ? [node.cluster, node.namespace, node.kind, node.name] : ['', '', '', '']
