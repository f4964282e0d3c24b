import type { Answers, FlowObservation, Observation, RequestObservation } from '@/core/observation'
import { type Counts, decodeSketch, encodeSketch } from '@/core/figures/sketch'
import { floorTo, tierMs } from '@/core/time'

const stepMs = tierMs['10s']
const maxSpanMs = 3_600_000

/**
 * An observation of a span as one for each bucket that it touches, so that a scrape every minute is
 * drawn as a rate and not as a spike. Counts stay whole numbers and add up to what they were. O(buckets × sketch).
 */
export function spread(o: Observation): Observation[] {
  const { time } = o
  const spanMs = Math.min(o.spanMs ?? 0, maxSpanMs)
  const first = floorTo(time, stepMs)
  if (!(spanMs > 0) || time + spanMs <= first + stepMs) return [o]
  const parts: Observation[] = []
  const latency = o.type === 'request' ? countsOf(o) : null
  const answers = o.type === 'request' ? o.answers?.map((answer) => ({ answer, latency: countsOf(answer) })) : undefined
  for (let bucket = first; bucket < time + spanMs; bucket += stepMs) {
    const from = Math.max(0, (bucket - time) / spanMs)
    const to = Math.min(1, (bucket + stepMs - time) / spanMs)
    const base = { time: Math.max(time, bucket) }
    parts.push(
      o.type === 'flow'
        ? { ...o, ...base, ...flowShare(o, from, to) }
        : {
            ...o,
            ...base,
            ...requestShare(o, latency, from, to),
            ...(answers && { answers: answers.map((each) => answerShare(each, from, to)) }),
          },
    )
  }
  return parts
}

/** What falls between two fractions of the span: differences of rounded running sums, so that nothing is lost. */
const share = (n: number, from: number, to: number) => Math.round(n * to) - Math.round(n * from)
const known = (n: number | undefined, from: number, to: number) => (n === undefined ? undefined : share(n, from, to))

const flowShare = (o: FlowObservation, from: number, to: number) => ({
  flows: known(o.flows, from, to),
  connections: known(o.connections, from, to),
  connectionSeconds: known(o.connectionSeconds, from, to),
  bytesSent: known(o.bytesSent, from, to),
  bytesReceived: known(o.bytesReceived, from, to),
})

const countsOf = ({ latency }: RequestObservation | Answers): Counts | null =>
  typeof latency === 'object' ? decodeSketch(latency) : null

type Answered = { readonly answer: Answers; readonly latency: Counts | null }

const answerShare = ({ answer, latency }: Answered, from: number, to: number): Answers => ({
  ...answer,
  ...countShare(answer, from, to),
  latency: latency ? sketchShare(latency, from, to) : undefined,
})

const requestShare = (o: RequestObservation, latency: Counts | null, from: number, to: number) => ({
  ...countShare(o, from, to),
  latency: latency ? sketchShare(latency, from, to) : o.latency,
})

const countShare = (o: Answers | RequestObservation, from: number, to: number) => ({
  requests: share(o.requests, from, to),
  responses: share(o.responses, from, to),
  clientErrors: share(o.clientErrors, from, to),
  serverErrors: share(o.serverErrors, from, to),
})

function sketchShare(counts: Counts, from: number, to: number) {
  const part: Counts = new Map()
  for (const [bucket, n] of counts) {
    const own = share(n, from, to)
    if (own > 0) part.set(bucket, own)
  }
  return encodeSketch(part)
}
