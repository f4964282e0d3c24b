import type { FlowRecord, Observation, RequestObservation } from '@/core/observation'
import { noCounters } from '@/core/figures/counters'
import { addLatency, type Counts, encodeSketch } from '@/core/figures/sketch'
import { floorTo, tierMs } from '@/core/time'
import type { Counters } from '@/core/world'
import type { RecordingItem } from '@/server/db/recordings/write-recording'
import { facetOf } from './aggregate'
import type { Callee, Operations } from './operations'
import { recordRow } from './pending'
import type { Resolver } from './resolve'
import { spread } from './spread'

/** A recorded observation as what a recording stores of it. Totals, of which the source gives no raw record, are listed as such. */
export function recordingItem(
  source: string,
  o: Observation,
  resolver: Resolver,
  operations: Operations,
): RecordingItem {
  const { from, to, port, hop } = resolver.resolveCall(o)
  const placed = { edge: { from, to, port, protocol: o.protocol }, facet: facetOf(source, o, hop) }
  const parts = o.counts ? spread(o) : []
  const counts = parts.map((part) => ({ ...countersOf(part), bucket: bucketOf(part) }))
  const callee = o.type === 'request' && operations.of(from, to, port, o.l7 === 'dns')
  const answered = parts.flatMap((part) => (callee && part.type === 'request' ? answersOf(part, callee) : []))
  return { record: recordRow(o, o.record?.() ?? totalRecord(o), placed), counts, operations: answered }
}

const bucketOf = ({ time }: Observation) => floorTo(time, tierMs['10s'])

const answersOf = (part: RequestObservation, callee: Callee): RecordingItem['operations'] =>
  (part.answers ?? [part]).flatMap((answer) => {
    const operation = callee.operationOf(answer, part.time)
    if (!operation) return []
    const { requests, responses, clientErrors, serverErrors, latency } = answer
    const sketch = latency === undefined ? null : sketchOf(latency)
    return [{ operation, bucket: bucketOf(part), requests, responses, clientErrors, serverErrors, latency: sketch }]
  })

/** A row of the flow table for totals of a span. */
function totalRecord(o: Observation): FlowRecord {
  const { latency: _, ...counters } = countersOf(o)
  const known = Object.entries(counters).filter(([, n]) => n !== null)
  const span = o.spanMs === undefined ? '' : ` in ${Math.round(o.spanMs / 1000)} s`
  const what = o.type === 'request' ? `${o.requests} requests` : `${o.connections ?? o.flows ?? 0} connections`
  return { shape: '{}', detail: JSON.stringify(Object.fromEntries(known)), sourcePort: 0, summary: `${what}${span}` }
}

function countersOf(o: Observation): Counters {
  if (o.type === 'flow') {
    const { flows = null, connections = null, connectionSeconds = null, bytesSent = null, bytesReceived = null } = o
    return { ...noCounters, flows, connections, connectionSeconds, bytesSent, bytesReceived }
  }
  const { requests, responses, clientErrors, serverErrors, latency } = o
  return {
    ...noCounters,
    requests,
    responses,
    clientErrors,
    serverErrors,
    latency: latency === undefined ? null : sketchOf(latency),
  }
}

function sketchOf(latency: number | Uint8Array): Uint8Array {
  if (typeof latency !== 'number') return latency
  const counts: Counts = new Map()
  addLatency(counts, latency)
  return encodeSketch(counts)
}
