import type { FlowObservation, Observation, RequestObservation } from '@/core/observation'
import { keyOfText } from '@/collectors/kit/key'
import type { FamilyContext, HistogramSample, Labels, MetricFamily, Sample, Target } from '../family'

export const context: FamilyContext = { cluster: 'c1', nodes: () => [] }

const span = { from: 1_000_000, to: 1_015_000 }

/** Growth of a series for tests; equal arguments have equal keys. */
export function sampleOf(metric: string, labels: Labels, value: number, fields: Partial<Sample> = {}): Sample {
  const at = { ...span, ...fields }
  return { metric, labels, value, key: keyOfText(`${metric}${JSON.stringify(labels)}${at.to}`), ...at }
}

export const histogramOf = (
  metric: string,
  labels: Labels,
  buckets: readonly (readonly [bound: number, count: number])[],
  fields: Partial<HistogramSample> = {},
): HistogramSample => {
  const counts = buckets.map(([, n]) => n)
  return {
    metric,
    labels,
    bounds: buckets.map(([bound]) => bound),
    counts,
    sum: 1,
    count: counts.reduce((sum, n) => sum + n, 0),
    key: keyOfText(`${metric}${JSON.stringify(labels)}${span.to}`),
    ...span,
    ...fields,
  }
}

/** What a fresh reader of the family makes of one interval. */
export const readAll = (
  family: MetricFamily,
  samples: readonly Sample[],
  histograms: readonly HistogramSample[] = [],
  target: Target | null = null,
  own: FamilyContext = context,
): Observation[] => family.create(own).read(samples, histograms, target)

export function onlyFlow(observations: readonly Observation[]): FlowObservation {
  const [one] = observations
  if (observations.length !== 1 || one?.type !== 'flow') throw new Error(`not one flow: ${textOf(observations)}`)
  return one
}

export function onlyRequest(observations: readonly Observation[]): RequestObservation {
  const [one] = observations
  if (observations.length !== 1 || one?.type !== 'request') throw new Error(`not one request: ${textOf(observations)}`)
  return one
}

export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))

/** Observations without order. */
export const sorted = (observations: readonly Observation[]): string[] => observations.map(textOf).sort()
