import { noReadings } from '@/core/encryption/ground'
import { noCounters } from '@/core/figures/counters'
import type { Endpoint } from '@/core/endpoint'
import { addLatency, encodeSketch } from '@/core/figures/sketch'
import type { Counters, Facet } from '@/core/world'
import { acquireLease } from './sources/lease'
import type { Queryable } from './pool'
import type { BucketRow, EdgeName, RecordRow, WriteBatch } from './telemetry'
import { upsertSource } from './sources/upsert-source'

/** Small pieces of telemetry for tests. */
export const workload = (name: string, namespace = 'shop'): Endpoint => ({
  cluster: 'demo',
  namespace,
  kind: 'Deployment',
  name,
})

export const edgeName = (from: string, to: string, port = 80): EdgeName => ({
  from: workload(from),
  to: workload(to),
  port,
  protocol: 'tcp',
})

export const facetOf = (more: Partial<Facet> = {}): Facet => ({
  source: 'hubble',
  reporter: 'destination',
  verdict: 'allowed',
  reason: '',
  l7: 'http',
  encryption: 'unknown',
  hop: 'unknown',
  ...more,
})

export const bucketRow = (
  bucket: number,
  counters: Partial<Counters>,
  edge = edgeName('web', 'cart'),
  facet = facetOf(),
): BucketRow => ({
  ...noCounters,
  ...counters,
  edge,
  facet,
  bucket,
})

export const recordRow = (time: number, key: bigint, more: Partial<RecordRow> = {}): RecordRow => ({
  time,
  key,
  edge: edgeName('web', 'cart'),
  facet: facetOf(),
  shape: '{"node":"n1"}',
  sourcePort: 40_000,
  status: 200,
  latencyMs: 1.5,
  summary: 'GET /cart',
  detail: '{"uuid":"u"}',
  ...more,
})

export const sketchOf = (...ms: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const value of ms) addLatency(counts, value)
  return encodeSketch(counts)
}

let batches = 0

export const batchOf = (sourceId: string, leaseToken: bigint, more: Partial<WriteBatch> = {}): WriteBatch => ({
  id: `batch-${process.pid}-${++batches}`,
  sourceId,
  leaseToken,
  buckets: [],
  operations: [],
  records: [],
  gaps: [],
  seen: [],
  readings: noReadings,
  checkpoint: null,
  stats: { records: 0, malformed: 0, lastEventAt: null, rate: null, facts: null },
  ...more,
})

/** A source whose lease is held; returns the token. */
export async function leasedSource(database: Queryable, id: string): Promise<bigint> {
  await upsertSource(database, { id, type: 'hubble', cluster: 'demo', title: 'Hubble', target: '127.0.0.1:4245' })
  const token = await acquireLease(database, id, 'test', 60_000)
  if (token === null) throw new Error('the lease is held')
  return token
}
