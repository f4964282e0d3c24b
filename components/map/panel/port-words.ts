import type { GraphEdge } from '@/core/graph/graph'
import { plural } from '../../format'

const names: Readonly<Record<string, string>> = { http: 'HTTP', grpc: 'gRPC', dns: 'DNS', kafka: 'Kafka' }

/** `gRPC 9000`, `TCP 5432`, `3 edges` where several ports were merged. */
export function portWords(edge: Pick<GraphEdge, 'port' | 'protocol' | 'l7' | 'merged'>): string {
  const name = names[edge.l7] ?? (edge.protocol === 'unknown' ? '' : edge.protocol.toUpperCase())
  if (edge.port === 0) return edge.merged > 1 ? `${name} ${plural(edge.merged, 'edge')}`.trim() : name || 'no port'
  return `${name} ${edge.port}`.trim()
}
