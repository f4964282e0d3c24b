import { percentile } from '@/core/figures/percentiles'
import { addLatency, type Counts } from '@/core/figures/sketch'
import { type Protection, protections } from '../model/mesh'
import type { CallMade } from './made'

/** What one sent event meant for its edge. */
export type Note = {
  readonly edge: string
  readonly what:
    | 'request'
    | 'response'
    | 'denied'
    | 'audited'
    | 'connection-source'
    | 'connection-destination'
    | 'other'
  /** `200`, `503`, `grpc-14`, `NXDOMAIN` …, on responses. */
  readonly status?: string
  /** Milliseconds, on responses. */
  readonly latency?: number
}

export type EdgeTruth = {
  requests: number
  responses: number
  statuses: Record<string, number>
  /** Attempts refused by policy; each was sent as two events, a verdict and a drop. */
  denied: number
  audited: number
  /** New connections as the caller's node and the callee's node saw them. */
  connectionsAtSource: number
  connectionsAtDestination: number
  /** Events of any kind. */
  events: number
  /** What every witness but the relay tells of; counted when the call is over. */
  calls: number
  failedCalls: number
  refusedCalls: number
  /** Connections opened. */
  connections: number
  /** From caller to callee and back; what was refused is not in it. */
  bytesSent: number
  bytesReceived: number
  /** Calls by what protected their bytes. */
  protection: Partial<Record<Protection, number>>
  p50?: number | null
  p95?: number | null
}

export type Truth = {
  record(time: number, note: Note): void
  recordLost(time: number, lost: number): void
  recordCall(call: CallMade): void
  /** What was sent in [from, to), both rounded down to whole 10 s. */
  read(from: number, to: number): TruthAnswer
}

export type TruthAnswer = {
  readonly from: number
  readonly to: number
  readonly lost: number
  readonly edges: Readonly<Record<string, EdgeTruth>>
}

const stepMs = 10_000

type Slot = { readonly edges: Map<string, EdgeTruth & { latencies: Counts }>; lost: number }

const empty = (): EdgeTruth => ({
  requests: 0,
  responses: 0,
  statuses: Object.create(null) as Record<string, number>,
  denied: 0,
  audited: 0,
  connectionsAtSource: 0,
  connectionsAtDestination: 0,
  events: 0,
  calls: 0,
  failedCalls: 0,
  refusedCalls: 0,
  connections: 0,
  bytesSent: 0,
  bytesReceived: 0,
  protection: {},
})

/** Counts what was sent, by edge and 10 s, for the newest `keepMs`. Memory: O(edges × keepMs / 10 s). */
export function createTruth(keepMs = 3_600_000): Truth {
  const slots = new Map<number, Slot>()
  const slotAt = (time: number): Slot => {
    const index = Math.floor(time / stepMs)
    let slot = slots.get(index)
    if (!slot) {
      slots.set(index, (slot = { edges: new Map(), lost: 0 }))
      const oldest = slots.keys().next().value
      if (oldest !== undefined && oldest < index - keepMs / stepMs) slots.delete(oldest)
    }
    return slot
  }
  const edgeAt = (time: number, key: string) => {
    const { edges } = slotAt(time)
    let edge = edges.get(key)
    if (!edge) edges.set(key, (edge = { ...empty(), latencies: new Map() }))
    return edge
  }
  return {
    record(time, note) {
      const edge = edgeAt(time, note.edge)
      edge.events++
      if (note.what === 'request') edge.requests++
      else if (note.what === 'denied') edge.denied++
      else if (note.what === 'audited') edge.audited++
      else if (note.what === 'connection-source') edge.connectionsAtSource++
      else if (note.what === 'connection-destination') edge.connectionsAtDestination++
      else if (note.what === 'response') {
        edge.responses++
        if (note.status) edge.statuses[note.status] = (edge.statuses[note.status] ?? 0) + 1
        if (note.latency !== undefined) addLatency(edge.latencies, note.latency)
      }
    },
    recordLost(time, lost) {
      slotAt(time).lost += lost
    },
    recordCall(call) {
      const edge = edgeAt(call.endedAt, call.edge)
      if (call.denied) {
        edge.refusedCalls++
        return
      }
      edge.calls++
      if (call.failed) edge.failedCalls++
      if (call.opensConnection) edge.connections++
      edge.bytesSent += call.bytesSent
      edge.bytesReceived += call.bytesReceived
      edge.protection[call.protection] = (edge.protection[call.protection] ?? 0) + 1
    },
    read(from, to) {
      const [first, end] = [Math.floor(from / stepMs), Math.floor(to / stepMs)]
      const sums = new Map<string, EdgeTruth & { latencies: Counts }>()
      let lost = 0
      for (const [index, slot] of slots) {
        if (index < first || index >= end) continue
        lost += slot.lost
        for (const [key, edge] of slot.edges) {
          let sum = sums.get(key)
          if (!sum) sums.set(key, (sum = { ...empty(), latencies: new Map() }))
          add(sum, edge)
        }
      }
      const edges: Record<string, EdgeTruth> = Object.create(null)
      for (const key of [...sums.keys()].sort()) {
        const sum = sums.get(key)
        if (!sum) continue
        const { latencies, ...counts } = sum
        edges[key] = { ...counts, p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) }
      }
      return { from: first * stepMs, to: end * stepMs, lost, edges }
    },
  }
}

function add(sum: EdgeTruth & { latencies: Counts }, edge: EdgeTruth & { latencies: Counts }): void {
  sum.requests += edge.requests
  sum.responses += edge.responses
  sum.denied += edge.denied
  sum.audited += edge.audited
  sum.connectionsAtSource += edge.connectionsAtSource
  sum.connectionsAtDestination += edge.connectionsAtDestination
  sum.events += edge.events
  sum.calls += edge.calls
  sum.failedCalls += edge.failedCalls
  sum.refusedCalls += edge.refusedCalls
  sum.connections += edge.connections
  sum.bytesSent += edge.bytesSent
  sum.bytesReceived += edge.bytesReceived
  for (const name of protections)
    if (edge.protection[name]) sum.protection[name] = (sum.protection[name] ?? 0) + edge.protection[name]
  for (const [status, n] of Object.entries(edge.statuses)) sum.statuses[status] = (sum.statuses[status] ?? 0) + n
  for (const [bucket, n] of edge.latencies) sum.latencies.set(bucket, (sum.latencies.get(bucket) ?? 0) + n)
}
