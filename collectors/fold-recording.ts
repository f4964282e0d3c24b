import type { Observation } from '@/core/observation'
import { noCounters } from '@/core/counters'
import { addLatency, type Counts, encodeSketch } from '@/core/sketch'
import type { Counters } from '@/core/world'
import type { RecordingItem } from '@/server/db/write-recording'
import { facetOf } from './aggregate'
import { recordRow } from './pending'
import type { Resolver } from './resolve'

/** A recorded observation as what a recording stores of it. null where the source gave no raw record. */
export function recordingItem(source: string, o: Observation, resolver: Resolver): RecordingItem | null {
  if (!o.record) return null
  const { from, to, port } = resolver.resolveCall(o)
  const placed = { edge: { from, to, port, protocol: o.protocol }, facet: facetOf(source, o) }
  return { record: recordRow(o, o.record(), placed), counts: o.counts ? countersOf(o) : null }
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
