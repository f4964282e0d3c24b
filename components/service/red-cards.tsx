'use client'

import { type ReactNode, useState } from 'react'
import type { Window } from '@/core/time'
import type { Figures } from '@/core/figures/figures'
import { unknownPastP95 } from '@/core/health/tolerances'
import type { Series } from '@/core/series/series'
import type { ServiceDetail } from '@/core/services/service-detail'
import { addKnown } from '@/core/figures/tally'
import { gapSpans, peak, type Values } from '../charts/scale'
import type { PlotMark } from '../charts/plot-layers'
import { TimePlot } from '../charts/time-plot'
import {
  dash,
  formatBytesRate,
  formatChange,
  formatMs,
  formatPercent,
  formatRate,
  formatShort,
  formatWhen,
} from '../format'
import { Segmented } from '../ui/segmented'
import { Card, Headline } from './card'
import { plotGroup, plotHeight } from './plot-group'
import { percentiles, useServiceState } from './use-service-state'

type Props = {
  service: ServiceDetail
  marks: readonly PlotMark[]
  onSelect: (window: Window) => void
}

type Measure = {
  readonly title: string
  readonly values: (series: Series) => Values
  readonly figure: (figures: Figures) => number | null
  readonly format: (value: number | null | undefined) => string
  /** `was 0.2 %` or `+12 %` beside the figure. */
  readonly note: (now: Figures, before: Figures | null) => string
  readonly least: number
  readonly token: (figures: Figures) => string
}

const was = (format: Measure['format'], before: number | null | undefined) =>
  before === null || before === undefined ? '' : `was ${format(before)}`
const change = (now: number | null, before: number | null | undefined) => {
  const text = formatChange(now, before ?? null)
  return text === dash ? '' : text
}

const requests: Measure = {
  title: 'Requests',
  values: (s) => s.requestRate,
  figure: (f) => f.requestRate,
  format: formatRate,
  note: (now, before) => change(now.requestRate, before?.requestRate),
  least: 0,
  token: () => '--fg-3',
}
const errors: Measure = {
  title: 'Errors',
  values: (s) => s.errorRatio,
  figure: (f) => f.errorRatio,
  format: formatPercent,
  note: (now, before) => (now.errorRatio === null ? 'no responses seen' : was(formatPercent, before?.errorRatio)),
  least: 0.02,
  token: (f) => ((f.errorRatio ?? 0) >= 0.01 ? '--bad' : '--fg-3'),
}
const connections: Measure = {
  title: 'Connections',
  values: (s) => (s.connectionRate.some((v) => v !== null) ? s.connectionRate : s.flowRate),
  figure: (f) => f.connectionRate ?? f.flowRate,
  format: formatRate,
  note: (now, before) =>
    [
      change(now.connectionRate ?? now.flowRate, before && (before.connectionRate ?? before.flowRate)),
      now.openConnections === null ? '' : `${formatShort(now.openConnections)} open`,
    ]
      .filter(Boolean)
      .join(' · '),
  least: 0,
  token: () => '--fg-3',
}
const denied: Measure = {
  title: 'Denied',
  values: (s) => s.deniedRate,
  figure: (f) => f.verdicts.denied ?? 0,
  format: (n) => formatShort(n),
  note: () => 'flows',
  least: 0.1,
  token: (f) => (f.verdicts.denied ? '--bad' : '--fg-3'),
}
const bytes: Measure = {
  title: 'Traffic',
  values: (s) => s.sentRate.map((sent, at) => addKnown(sent, s.receivedRate[at] ?? null)),
  figure: (f) => addKnown(f.sentRate, f.receivedRate),
  format: formatBytesRate,
  note: (f) => `${formatBytesRate(f.sentRate)} there · ${formatBytesRate(f.receivedRate)} back`,
  least: 0,
  token: () => '--fg-3',
}

/** Requests, errors and latency over time, each with its figure; of a service without requests its connections, denials and bytes. */
export function RedCards({ service, marks, onSelect }: Props) {
  const figures = service[service.seriesOf]
  const speaks = figures?.requestRate !== null && figures?.requestRate !== undefined
  const common = { service, marks, onSelect }
  return (
    <>
      {(speaks ? [requests, errors] : [connections, denied]).map((measure) => (
        <MeasureCard key={measure.title} measure={measure} {...common} />
      ))}
      {speaks ? <LatencyCard {...common} /> : <MeasureCard measure={bytes} {...common} />}
    </>
  )
}

function LatencyCard(props: Props) {
  const { pct, setState } = useServiceState()
  const others = percentiles.filter((percentile) => percentile !== pct)
  const measure: Measure = {
    title: `Latency ${pct}`,
    values: (s) => s[pct],
    figure: (f) => f[pct],
    format: formatMs,
    note: (now) => others.map((other) => `${other} ${formatMs(now[other])}`).join(' · '),
    least: 0,
    token: (now) => ((now.p95 ?? 0) >= unknownPastP95 || props.service.onsets.p95 ? '--warn' : '--fg-3'),
  }
  const control = (
    <Segmented
      label="Percentile"
      value={pct}
      onChange={(next) => void setState({ pct: next })}
      options={percentiles.map((value) => ({ value, label: value }))}
      size="sm"
    />
  )
  return <MeasureCard measure={measure} heading="Latency" control={control} {...props} />
}

function MeasureCard({
  measure,
  service,
  marks,
  onSelect,
  heading = measure.title,
  control,
}: Props & { measure: Measure; heading?: string; control?: ReactNode }) {
  const [step, setStep] = useState<number | null>(null)
  const { series, previous, seriesOf } = service
  const figures = service[seriesOf]
  const values = measure.values(series)
  const known = values.filter((value) => value !== null)
  const before = seriesOf === 'incoming' ? previous : null
  const token = figures ? measure.token(figures) : '--fg-3'
  const now = figures && measure.figure(figures)
  const summary =
    known.length === 0
      ? `${measure.title} over time: unknown`
      : `${measure.title} over time: ${measure.format(now)}, between ${measure.format(Math.min(...known))} and ${measure.format(peak(known))} per step`
  return (
    <Card
      title={heading}
      control={control}
      figure={
        step === null ? (
          <Headline value={measure.format(now)} note={figures && measure.note(figures, before)} />
        ) : (
          <Headline value={measure.format(values[step] ?? null)} note={formatWhen(series.t[step])} />
        )
      }
    >
      <TimePlot
        label={summary}
        window={series.window}
        t={series.t}
        stepMs={series.stepMs}
        lines={[{ values, token, fill: true }]}
        least={measure.least}
        format={(value) => measure.format(value).replace('/s', '')}
        gaps={gapSpans(series)}
        marks={marks}
        height={plotHeight}
        group={plotGroup}
        onCursor={(next) => setStep(next)}
        onSelect={onSelect}
      />
    </Card>
  )
}
