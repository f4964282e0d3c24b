import type { RequestObservation } from '@/core/observation'
import { createJsonDecoder } from './decode-json'
import { type PairLimits, type Pairs, createPairs, pairLimits } from './pair'
import type { Span } from './span'
import { type TestResource, requestOf } from './test-encode'

/** For tests: spans of resources, read as a sender's would be. */
export const spansOf = (...resources: TestResource[]): readonly Span[] =>
  createJsonDecoder(undefined)(requestOf(...resources), Number.POSITIVE_INFINITY)?.spans ?? []

/** Adds spans at a time of 0 and releases what waits. */
export function pairAll(spans: readonly Span[], limits: PairLimits = pairLimits) {
  const pairs = createPairs('c1', limits)
  for (const span of spans) pairs.add(span, 0)
  pairs.release()
  return requestsOf(pairs)
}

export const requestsOf = (pairs: Pairs): readonly RequestObservation[] =>
  pairs.take().observations.filter((o): o is RequestObservation => o.type === 'request')

/** `web -> cart destination 200 5ms`: what a call is, on a line. */
export const lineOf = (o: RequestObservation): string =>
  `${endOf(o.from, o.fromIp)} -> ${endOf(o.to, o.toIp)}${o.port ? `:${o.port}` : ''} ${o.reporter}`

function endOf({ workload, service, names, namespace, reserved }: RequestObservation['from'], ip: string): string {
  const name = workload?.name ?? (service && `svc ${service.namespace}/${service.name}`) ?? names?.[0] ?? reserved ?? ''
  return [namespace && `${namespace}/`, name, ip && ` ${ip}`].filter(Boolean).join('').trim()
}

export const linesOf = (observations: readonly RequestObservation[]): string[] => observations.map(lineOf).sort()
