import { hashText } from '../random'
import type { CallMade, Witness } from '../traffic/made'
import { type Report, reportsOf } from './keys'
import { reporter } from './messages'

/** One FlowKey in one bucket, or summed over several. */
export type Counted = {
  readonly report: Report
  readonly id: number
  /** Unix seconds. */
  start: number
  end: number
  packetsIn: number
  packetsOut: number
  bytesIn: number
  bytesOut: number
  started: number
  completed: number
  live: number
}

export type Bucket = { readonly start: number; readonly flows: Map<string, Counted> }

export type Ring = Witness & {
  /** Complete buckets, oldest first. */
  readonly buckets: readonly Bucket[]
  /** Calls back with each bucket that is complete. Returns how to stop. */
  onBucket(notify: (bucket: Bucket) => void): () => void
}

export const bucketSeconds = 15
/** An hour. */
export const keptBuckets = 240
const packetBytes = 1_400

/** A number that is the key's own, as far as 53 bits tell keys apart. */
const numberOf = (id: string): number => hashText(id, 1) * 2 ** 21 + (hashText(id, 2) & 0x1f_ffff)

/** Calls counted by FlowKey in buckets of 15 s of the time of their ends. */
export function createRing(start: number): Ring {
  const buckets: Bucket[] = []
  const listeners = new Set<(bucket: Bucket) => void>()
  const live = new Map<string, number>()
  const opened = new WeakMap<CallMade, readonly Report[]>()
  const bucketAt = (ms: number): Bucket => {
    const seconds = Math.floor(ms / 1000)
    return { start: seconds - (seconds % bucketSeconds), flows: new Map() }
  }
  let filling = bucketAt(start)

  const counted = (report: Report): Counted => {
    let flow = filling.flows.get(report.id)
    if (!flow) {
      const times = { start: filling.start, end: filling.start + bucketSeconds }
      const zero = { packetsIn: 0, packetsOut: 0, bytesIn: 0, bytesOut: 0, started: 0, completed: 0, live: 0 }
      filling.flows.set(report.id, (flow = { report, id: numberOf(report.id), ...times, ...zero }))
    }
    return flow
  }
  /** Felix calls live what is open at the end, and what was completed within the window. */
  const rollOver = () => {
    for (const [id, flow] of filling.flows) flow.live = (live.get(id) ?? 0) + flow.completed
    const done = filling
    buckets.push(done)
    if (buckets.length > keptBuckets) buckets.shift()
    filling = { start: done.start + bucketSeconds, flows: new Map() }
    for (const notify of listeners) notify(done)
  }
  const advance = (ms: number) => {
    while (ms >= (filling.start + bucketSeconds) * 1000) rollOver()
  }
  return {
    buckets,
    onBucket(notify) {
      listeners.add(notify)
      return () => void listeners.delete(notify)
    },
    made(call) {
      advance(call.endedAt)
      const reports = reportsOf(call)
      for (const report of reports) {
        const flow = counted(report)
        // From the point of view of the reporting end: what the caller sends goes out at the caller and in at the callee.
        const isSource = report.key.reporter === reporter.source
        const [sent, received] = [call.bytesSent, call.bytesReceived]
        flow.bytesOut += isSource ? sent : received
        flow.bytesIn += isSource ? received : sent
        flow.packetsOut += Math.ceil((isSource ? sent : received) / packetBytes)
        flow.packetsIn += Math.ceil((isSource ? received : sent) / packetBytes)
        if (!call.opensConnection) continue
        flow.started++
        if (call.closesAt !== null) live.set(report.id, (live.get(report.id) ?? 0) + 1)
      }
      if (call.closesAt !== null) opened.set(call, reports)
    },
    closed(call) {
      if (call.closesAt !== null) advance(call.closesAt)
      for (const report of opened.get(call) ?? []) {
        counted(report).completed++
        const left = (live.get(report.id) ?? 1) - 1
        if (left) live.set(report.id, left)
        else live.delete(report.id)
      }
    },
    lived: advance,
  }
}
