import { keyOfText } from '@/collectors/kit/key'
import { clean } from '@/collectors/kit/text'
import type { Labels, MetricFamily } from './family'
import { type Entry, type HistogramSeries, createHistogramSeries, createNumberSeries } from './growth'

/** What a series' name says: which metric it is a part of, and of which family. */
export type Meaning = {
  readonly family: MetricFamily
  /** Base name: without `_bucket`, `_sum` and `_count` of a histogram. */
  readonly metric: string
  readonly part: 'counter' | 'gauge' | 'bucket' | 'sum' | 'count' | 'native'
}

export type Catalog = ReadonlyMap<string, Meaning>

/** Meanings by series name. A name that two families use is the first one's. */
export function createCatalog(families: readonly MetricFamily[]): Catalog {
  const catalog = new Map<string, Meaning>()
  const add = (name: string, meaning: Meaning) => {
    if (!catalog.has(name)) catalog.set(name, meaning)
  }
  for (const family of families) {
    for (const metric of family.counters) add(metric, { family, metric, part: 'counter' })
    for (const metric of family.gauges) add(metric, { family, metric, part: 'gauge' })
    for (const metric of family.histograms) {
      for (const part of ['bucket', 'sum', 'count'] as const) add(`${metric}_${part}`, { family, metric, part })
      add(metric, { family, metric, part: 'native' })
    }
  }
  return catalog
}

/** The series of one target. Bounded by its owner. */
export type Registry = {
  /** The entry of a series as its source gave it; null where it cannot be read (a bucket without a bound). */
  entry(meaning: Meaning, labels: Labels): Entry | null
  /** Forgets what was last seen before `time`; whether there was any. */
  forget(time: number): boolean
  readonly size: number
}

/** `scope` names the target where the labels do not. */
export function createRegistry(scope: string): Registry {
  const entries = new Map<string, Entry>()
  const histograms = new Map<string, HistogramSeries>()

  const histogramOf = (metric: string, labels: Labels): HistogramSeries => {
    const rest = withoutBound(labels)
    const name = nameOf(scope, metric, rest)
    const known = histograms.get(name)
    if (known) return known
    const series = createHistogramSeries(metric, rest, name)
    histograms.set(name, series)
    return series
  }

  const create = ({ metric, part }: Meaning, labels: Labels, name: string): Entry | null => {
    if (part === 'counter' || part === 'gauge')
      return { part: 'value', series: createNumberSeries(part, metric, labels, name) }
    const series = histogramOf(metric, labels)
    if (part !== 'bucket') return { part, series }
    const bound = boundOf(labels.le)
    return bound === null ? null : { part, series, bound }
  }

  return {
    get size() {
      return entries.size
    },
    entry(meaning, labels) {
      const name = nameOf(scope, `${meaning.metric} ${meaning.part}`, labels)
      const known = entries.get(name)
      if (known) return known
      const entry = create(meaning, labels, name)
      if (entry) entries.set(name, entry)
      return entry
    },
    forget(time) {
      const before = entries.size
      for (const [name, { series }] of entries) if ((series.time ?? time) < time) entries.delete(name)
      for (const [name, series] of histograms) if ((series.time ?? time) < time) histograms.delete(name)
      return entries.size < before
    },
  }
}

/** A short name: the same for the same labels in any order, at every start. The whole text would take more memory than all else. */
function nameOf(scope: string, metric: string, labels: Labels): string {
  let text = `${scope}\u0002${metric}`
  for (const label of Object.keys(labels).sort()) text += `\u0000${label}\u0001${labels[label]}`
  return keyOfText(text).toString(36)
}

const maxLabels = 64
const maxName = 200
const maxValue = 500

/** Labels of a stranger, as kept: cleaned, capped, no prototype, `__name__` left out. Later ones past the bound are dropped. */
export function labelsOf(pairs: Iterable<readonly [string, string]>): Labels {
  const labels: Record<string, string> = Object.create(null)
  let n = 0
  for (const [name, value] of pairs) {
    if (name === '__name__' || value === '') continue
    if (++n > maxLabels) break
    labels[clean(name, maxName)] = clean(value, maxValue)
  }
  return labels
}

function withoutBound(labels: Labels): Labels {
  if (labels.le === undefined) return labels
  const rest: Record<string, string> = Object.create(null)
  for (const name of Object.keys(labels)) if (name !== 'le') rest[name] = labels[name] ?? ''
  return rest
}

/** `le="1.0"` and `le="1"` are one bound. */
function boundOf(text: string | undefined): number | null {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY
  const bound = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isNaN(bound) ? null : bound
}
