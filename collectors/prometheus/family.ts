import type { Readings } from '@/core/encryption/ground'
import type { Family } from '@/core/figures/family'
import type { Observation } from '@/core/observation'
import type { DiscoveredPod } from '@/collectors/source'

/** Labels of a series, `__name__` left out; values are cleaned and capped. Never mutated; the same object for the same series. */
export type Labels = Readonly<Record<string, string>>

/** Growth of a counter, or value of a gauge, of one series over [from, to) (ms). `value`: increase (counter) or the value at `to` (gauge). */
export type Sample = {
  readonly metric: string
  readonly labels: Labels
  readonly value: number
  readonly from: number
  readonly to: number
  readonly key: bigint
}

/** Growth of one histogram over [from, to): upper bounds as the source gave them (in the metric's own unit, +Infinity last), counts NOT cumulative. */
export type HistogramSample = {
  readonly metric: string
  readonly labels: Labels
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
  readonly sum: number
  readonly count: number
  readonly from: number
  readonly to: number
  readonly key: bigint
}

/** Where a series was scraped: known when Oriel scrapes itself, else what the labels say. */
export type Target = {
  readonly namespace?: string
  readonly pod?: string
  readonly node?: string
  readonly workload?: { readonly kind: string; readonly name: string }
}

export type FamilyContext = {
  readonly cluster: string
  readonly nodes: () => Iterable<{
    name: string
    addresses: readonly string[]
    annotations: Readonly<Record<string, string>>
  }>
}

/** What one telemetry says in metrics: which series to read, where pods serve them, and what their growth means. */
export type MetricFamily = {
  readonly id: Family
  /** Base names, as for `gauges` and `histograms`. */
  readonly counters: readonly string[]
  readonly gauges: readonly string[]
  readonly histograms: readonly string[]
  /** Label matchers for the server query that leave out what is never used, in PromQL, '' for none (e.g. `{direction="outbound"}`), applied to the family's counters and histograms. */
  readonly matchers: string
  /** Which pods to scrape and where, when Oriel scrapes itself; null: this pod does not speak the family. */
  scrapeOf(pod: DiscoveredPod): { readonly port: number; readonly path: string } | null
  /** Turns what grew in one interval into observations. A fresh reader per source run; it may keep bounded caches. */
  create(context: FamilyContext): FamilyReader
}

export type FamilyReader = {
  read(samples: readonly Sample[], histograms: readonly HistogramSample[], target: Target | null): Observation[]
  facts?(): Readonly<Record<string, string | number>>
  /** What was read beside traffic, and not handed over yet. */
  readings?(): Readings
}
