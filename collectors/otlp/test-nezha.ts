import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { RequestObservation } from '@/core/observation'
import { createDecoder } from './decode'
import { type PairCounts, createPairs } from './pair'
import { encodeRequest } from './test-encode'

/**
 * For tests and benchmarks: the spans of IntelligentDDS/Nezha (Online Boutique, 2022-08-22), sent as
 * OTLP would be. They have no kind and no status; a root is what a user's request made of the front
 * end, so it is a server span, and all others are left without.
 */
export const nezha = join(process.env.ORIEL_SHARED ?? '../shared', 'data/traces/nezha-online-boutique-2022-08-22')
export const hasNezha = existsSync(nezha)

export const namespace = 'hipster'

export const traceFiles = (): readonly string[] =>
  readdirSync(join(nezha, 'trace'))
    .sort()
    .map((name) => join(nezha, 'trace', name))

const linesOf = (path: string): string[] => {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n').filter(Boolean).slice(1)
}

/** One export request; `time`: when it is sent, milliseconds. */
type Sent = { readonly time: number; readonly bytes: Buffer }

const maxBatch = 512
const maxDelayMs = 5_000

/** Requests as SDKs send them: a pod's spans when 512 have ended or the first of them waits for 5 s. In order of time. */
export function requestsOfFile(path: string): readonly Sent[] {
  const byPod = new Map<string, { readonly since: number; readonly spans: object[] }>()
  const sent: Sent[] = []
  const send = (pod: string, spans: object[], time: number) => {
    byPod.delete(pod)
    const attributes = [
      { key: 'k8s.namespace.name', value: { stringValue: namespace } },
      { key: 'k8s.pod.name', value: { stringValue: pod } },
    ]
    const resourceSpans = [{ resource: { attributes }, scopeSpans: [{ spans }] }]
    sent.push({ time, bytes: encodeRequest({ resourceSpans }) })
  }
  const rows = linesOf(path)
    .map((line) => line.split(','))
    .sort(([, , , , , , a = ''], [, , , , , , b = '']) => (a < b ? -1 : 1))
  let now = 0
  for (const [traceId, spanId, parent, pod = '', name, start, end = ''] of rows) {
    now = Number(end) / 1e6
    for (const [waiting, { since, spans }] of byPod) if (now - since >= maxDelayMs) send(waiting, spans, now)
    const batch = byPod.get(pod) ?? { since: now, spans: [] }
    byPod.set(pod, batch)
    const root = parent === 'root'
    batch.spans.push({
      traceId,
      spanId,
      ...(!root && { parentSpanId: parent }),
      name,
      kind: root ? 2 : 0,
      startTimeUnixNano: start,
      endTimeUnixNano: end,
    })
    if (batch.spans.length >= maxBatch) send(pod, batch.spans, now)
  }
  for (const [pod, { spans }] of byPod) send(pod, spans, now + maxDelayMs)
  return sent
}

export type Replayed = {
  readonly observations: readonly RequestObservation[]
  readonly counts: Readonly<PairCounts>
  /** Seconds of CPU of decoding and pairing. */
  readonly seconds: number
  /** Most spans that waited at once. */
  readonly held: number
  /** Time of the first observation, milliseconds. */
  readonly first: number
}

/** Sends files through decoder and pairing, at the times at which they were sent. */
export function replay(files: readonly string[]): Replayed {
  const decode = createDecoder(undefined)
  const pairs = createPairs('east')
  const observations: RequestObservation[] = []
  let seconds = 0
  let held = 0
  const take = () => {
    for (const o of pairs.take().observations) if (o.type === 'request') observations.push(o)
  }
  for (const file of files) {
    const requests = requestsOfFile(file)
    const from = process.cpuUsage()
    for (const { time, bytes } of requests) {
      for (const span of decode(bytes, Number.POSITIVE_INFINITY)?.spans ?? []) pairs.add(span, time)
      pairs.expire(time)
      held = Math.max(held, pairs.held)
      take()
    }
    const used = process.cpuUsage(from)
    seconds += (used.user + used.system) / 1e6
  }
  pairs.release()
  take()
  const first = observations.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY)
  return { observations, counts: pairs.counts, seconds, held, first }
}

/** What the mesh saw: `caller callee`, without the rows of machines. */
export const trueEdges = (): ReadonlySet<string> =>
  new Set(
    linesOf(join(nezha, 'dependency.csv'))
      .map((line) => line.split(','))
      .filter(([, to = '']) => !/^\d/.test(to))
      .map(([from, to]) => `${from} ${to}`),
  )

/** The mesh's server-side median of an edge in the minute that ends at `time`, milliseconds. */
export type MeshMedian = { readonly edge: string; readonly time: number; readonly ms: number }

export function meshMedians(): readonly MeshMedian[] {
  const text = gunzipSync(readFileSync(join(nezha, 'metric/destination_50.csv.gz'))).toString('utf8')
  const [head = '', ...rows] = text.split('\n').filter(Boolean)
  const edges = head.split(',').slice(2)
  return rows.flatMap((row) => {
    const [, timestamp, ...values] = row.split(',')
    return edges.flatMap((edge, i) => {
      const value = values[i]?.trim()
      return value ? [{ edge: edge.replace('_', ' '), time: Number(timestamp) * 1000, ms: Number(value) * 1000 }] : []
    })
  })
}

export type Fault = { readonly service: string; readonly type: string; readonly time: number }

export function faults(): readonly Fault[] {
  const byHour = JSON.parse(readFileSync(join(nezha, 'fault_list.json'), 'utf8')) as Record<
    string,
    { inject_timestamp: string; inject_pod: string; inject_type: string }[]
  >
  return Object.values(byHour)
    .flat()
    .map((fault) => ({
      service: fault.inject_pod.split('-').slice(0, -2).join('-'),
      type: fault.inject_type,
      time: Number(fault.inject_timestamp) * 1000,
    }))
}
