import type { Family } from '@/core/figures/family'
import type { Answers, Observation } from '@/core/observation'
import { type Counts, addInterval, encodeSketch } from '@/core/figures/sketch'
import { keyOfText } from '@/collectors/kit/key'
import type { HistogramSample, Sample } from '../family'
import { type AnswerName, otherAnswer } from './answers'
import type { Place } from './place'

/** `refused`: connections that were not opened. */
export type Figure =
  | 'connections'
  | 'refused'
  | 'connectionSeconds'
  | 'bytesSent'
  | 'bytesReceived'
  | 'requests'
  | 'responses'
  | 'clientErrors'
  | 'serverErrors'

/** What grew at one place in one interval. */
export type Sum = {
  readonly place: Place
  readonly from: number
  readonly to: number
  readonly keys: Set<bigint>
  readonly figures: Map<Figure, number>
  readonly latency: Counts
  /** The same by what was asked and answered, by the name's text. */
  readonly answers: Map<string, Answer>
}

type Answer = {
  readonly name: AnswerName
  readonly figures: Map<Figure, number>
  readonly latency: Counts
}

/**
 * Adds up the series of a read, so that there is one observation for each place and interval, however
 * many series (label sets that differ in labels we do not keep) tell of it. The order does not matter.
 */
export type Sums = {
  add(place: Place, sample: Sample, figure: Figure, value?: number): void
  /** Counts requests, responses and errors, at the place and at this answer of it. */
  answered(place: Place, sample: Sample, name: AnswerName, figures: readonly Figure[]): void
  /** `ms`: milliseconds of the histogram's unit. */
  latency(place: Place, histogram: HistogramSample, ms: number, name?: AnswerName): void
  /** Connections of this sum that were counted as opened before they failed: taken off `opened`. */
  failed(sum: Sum, opened: Place, connections: number): void
  of(place: Place, sample: Sample): Sum
  take(): Observation[]
}

type Interval = Pick<Sample, 'from' | 'to' | 'key'>

/** No proxy moves more in an interval; what says so is broken and would overflow the store. */
export const maxGrowth = 1e15

export function createSums(family: Family): Sums {
  const intervals = new Map<string, Map<Place, Sum>>()
  let last: { readonly from: number; readonly to: number; readonly sums: Map<Place, Sum> } | null = null

  const sumsOf = ({ from, to }: Interval): Map<Place, Sum> => {
    if (last && last.from === from && last.to === to) return last.sums
    const name = `${from} ${to}`
    const sums = intervals.get(name) ?? new Map<Place, Sum>()
    intervals.set(name, sums)
    last = { from, to, sums }
    return sums
  }

  const of = (place: Place, { from, to, key }: Interval): Sum => {
    const sums = sumsOf({ from, to, key })
    let sum = sums.get(place)
    if (!sum) {
      sum = { place, from, to, keys: new Set(), figures: new Map(), latency: new Map(), answers: new Map() }
      sums.set(place, sum)
    }
    sum.keys.add(key)
    return sum
  }

  return {
    of,
    add(place, sample, figure, value = sample.value) {
      if (!isGrowth(value) || !isInterval(sample)) return
      addTo(of(place, sample), figure, value)
    },
    answered(place, sample, name, figures) {
      if (!isGrowth(sample.value) || !isInterval(sample)) return
      const sum = of(place, sample)
      const answer = name.text === '' ? null : answerOf(sum, name)
      for (const figure of figures) {
        addTo(sum, figure, sample.value)
        if (answer) addTo(answer, figure, sample.value)
      }
    },
    latency(place, histogram, ms, name) {
      if (!isInterval(histogram)) return
      const sum = of(place, histogram)
      const into = [sum.latency, ...(name && name.text !== '' ? [answerOf(sum, name).latency] : [])]
      let low = 0
      for (const [i, bound] of histogram.bounds.entries()) {
        const high = bound * ms
        const n = Math.round(histogram.counts[i] ?? 0)
        if (isGrowth(n) && high > low) for (const latency of into) addInterval(latency, low, high, n)
        if (high > low) low = high
      }
    },
    failed(sum, opened, connections) {
      const before = sumsOf({ ...sum, key: 0n }).get(opened)
      const n = before?.figures.get('connections') ?? 0
      before?.figures.set('connections', Math.max(0, n - connections))
    },
    take() {
      const taken: Observation[] = []
      for (const sums of intervals.values()) {
        for (const sum of sums.values()) {
          const observation = observationOf(sum, family)
          if (observation) taken.push(observation)
        }
      }
      intervals.clear()
      last = null
      return taken
    },
  }
}

/** Answers of one place and interval that are told apart. */
const maxAnswers = 500

export const isGrowth = (value: number): boolean => value > 0 && value <= maxGrowth
export const isInterval = ({ from, to }: Interval): boolean => from >= 0 && to > from && to < 8e15

function answerOf({ answers }: Pick<Sum, 'answers'>, name: AnswerName): Answer {
  const at = answers.size < maxAnswers || answers.has(name.text) ? name : otherAnswer
  let answer = answers.get(at.text)
  if (!answer) answers.set(at.text, (answer = { name: at, figures: new Map(), latency: new Map() }))
  return answer
}

export function addTo({ figures }: Pick<Sum, 'figures'>, figure: Figure, value: number): void {
  figures.set(figure, (figures.get(figure) ?? 0) + value)
}

/** null where nothing was counted. */
function observationOf(sum: Sum, family: Family): Observation | null {
  const { place, from, to, figures } = sum
  const figure = (name: Figure) => {
    const n = Math.round(figures.get(name) ?? 0)
    return n > 0 ? n : undefined
  }
  const common = {
    time: from,
    spanMs: to - from,
    family,
    key: keyOf(sum),
    cluster: place.cluster,
    reporter: place.reporter,
    from: place.from.ref,
    to: place.to.ref,
    fromIp: place.from.ip ?? '',
    toIp: place.to.ip ?? '',
    port: place.port,
    protocol: place.protocol,
    verdict: place.verdict,
    reason: place.reason,
    encryption: place.encryption,
    counts: true,
  }
  if (place.l7 === 'none') {
    const connections = figure('connections') ?? figure('refused')
    const known = defined({
      flows: connections,
      connections,
      connectionSeconds: figure('connectionSeconds'),
      bytesSent: figure('bytesSent'),
      bytesReceived: figure('bytesReceived'),
    })
    return Object.keys(known).length > 0 ? { ...common, type: 'flow', ...known } : null
  }
  const requests = figure('requests') ?? 0
  const responses = figure('responses') ?? 0
  const clientErrors = figure('clientErrors') ?? 0
  const serverErrors = figure('serverErrors') ?? 0
  const latency = sum.latency.size > 0 ? encodeSketch(sum.latency) : undefined
  if (requests + responses + clientErrors + serverErrors === 0 && !latency) return null
  return {
    ...common,
    type: 'request',
    l7: place.l7,
    requests,
    responses,
    clientErrors,
    serverErrors,
    ...(latency && { latency }),
    ...(sum.answers.size > 0 && { answers: [...sum.answers.values()].map(answersOf) }),
  }
}

function answersOf({ name, figures, latency }: Answer): Answers {
  const figure = (of: Figure) => Math.max(0, Math.round(figures.get(of) ?? 0))
  const { operation, code, flags } = name
  return {
    ...(operation && { operation, named: true }),
    ...(code && { code }),
    ...(flags && { flags }),
    requests: figure('requests'),
    responses: figure('responses'),
    clientErrors: figure('clientErrors'),
    serverErrors: figure('serverErrors'),
    ...(latency.size > 0 && { latency: encodeSketch(latency) }),
  }
}

const defined = (figures: Readonly<Record<string, number | undefined>>) =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined))

/** Of the place too, because one sample may count at two. */
function keyOf({ place, keys, to }: Sum): bigint {
  const parts = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return keyOfText(`${place.text}@${to}:${parts.map((key) => key.toString(36)).join()}`)
}
