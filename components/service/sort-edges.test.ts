import { describe, expect, it } from 'vitest'
import type { Figures } from '@/core/figures/figures'
import type { ServiceEdge } from '@/core/services/service-detail'
import { noEncryption } from '@/core/encryption/edge-encryption'
import { nextEdgeSort, parseEdgeSort, sortEdges } from './sort-edges'

const figures: Figures = {
  flowRate: null,
  connectionRate: null,
  openConnections: null,
  sentRate: null,
  receivedRate: null,
  requestRate: null,
  requests: null,
  responses: null,
  clientErrors: null,
  serverErrors: null,
  errorRatio: null,
  p50: null,
  p95: null,
  p99: null,
  verdicts: {},
}

const edge = (name: string, p95: number | null): ServiceEdge => ({
  id: name,
  key: name,
  other: { cluster: 'east', namespace: 'shop', kind: 'Deployment', name },
  port: 80,
  protocol: 'tcp',
  l7: 'http',
  health: 'healthy',
  why: '',
  figures: { ...figures, p95 },
  told: { requests: null, responses: null, flows: null, connections: null, bytes: null },
  passedOver: [],
  share: null,
  encryption: noEncryption,
  blame: null,
})

const names = (edges: readonly ServiceEdge[]) => edges.map(({ id }) => id).join(' ')

describe('the order of callers and callees', () => {
  const edges = [edge('b', 20), edge('none', null), edge('a', 300)]

  it.each([
    ['', 'b none a'],
    ['-p95', 'a b none'],
    ['p95', 'b a none'],
    ['name', 'a b none'],
    ['nonsense', 'b none a'],
  ])('by %j keeps the unknown last', (text, expected) => {
    expect(names(sortEdges(edges, parseEdgeSort(text)))).toBe(expected)
  })

  it('goes round: largest first, smallest first, none', () => {
    expect(nextEdgeSort(null, 'p95')).toBe('-p95')
    expect(nextEdgeSort(parseEdgeSort('-p95'), 'p95')).toBe('p95')
    expect(nextEdgeSort(parseEdgeSort('p95'), 'p95')).toBeNull()
    expect(nextEdgeSort(parseEdgeSort('-p95'), 'name')).toBe('name')
  })
})
