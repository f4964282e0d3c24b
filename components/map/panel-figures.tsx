'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Figures } from '@/core/figures'
import type { Series } from '@/core/series'
import { AreaChart, type Line } from '../charts/area-chart'
import { gapSpans, type Values } from '../charts/scale'
import { formatMs, formatPercent, formatRate, formatWhen } from '../format'
import { seriesQuery } from '../queries'
import { useViewParams } from '../url-state'
import { someErrors } from './edge-style'

/** Requests, errors, latency and denials over the window, each with its figure. What is unknown has a dash and no line. */
export function PanelFigures({ id, figures }: { id: string; figures: Figures | null }) {
  const { q: _filter, ...params } = useViewParams()
  const { data: series } = useQuery(seriesQuery({ ...params, sel: id }))
  const [cursor, setCursor] = useState<number | null>(null)
  if (!figures) return <p className="border-b border-line py-2.5 text-fg-3">Nothing comes in during this time.</p>
  const at = (values: Values | undefined, total: number | null) =>
    cursor === null ? total : (values?.[cursor] ?? null)
  const chart = (label: string, lines: (series: Series) => readonly Line[], least?: number) =>
    series && (
      <AreaChart
        lines={lines(series)}
        gaps={gapSpans(series)}
        label={label}
        least={least}
        cursor={cursor}
        onCursor={setCursor}
      />
    )
  const errors = at(series?.errorRatio, figures.errorRatio)
  const denied = figures.verdicts.denied ?? 0
  const requests = figures.requestRate !== null
  return (
    <>
      <Figure
        name={requests ? 'Requests' : 'Flow events'}
        value={formatRate(
          at(requests ? series?.requestRate : series?.flowRate, requests ? figures.requestRate : figures.flowRate),
        )}
        note={cursor === null ? '' : formatWhen(series?.t[cursor])}
      >
        {chart('Requests over time', (s) => [{ values: requests ? s.requestRate : s.flowRate, token: '--fg-3' }])}
      </Figure>
      {requests && (
        <Figure
          name="Errors"
          value={formatPercent(errors)}
          note={figures.responses === null || figures.responses === 0 ? 'no responses seen' : ''}
        >
          {figures.errorRatio !== null &&
            chart(
              'Share of failed requests over time',
              (s) => [{ values: s.errorRatio, token: (figures.errorRatio ?? 0) >= someErrors ? '--bad' : '--fg-3' }],
              0.02,
            )}
        </Figure>
      )}
      {figures.p95 !== null && (
        <Figure
          name="Latency p95"
          value={formatMs(at(series?.p95, figures.p95))}
          note={`p50 ${formatMs(at(series?.p50, figures.p50))} · p99 ${formatMs(at(series?.p99, figures.p99))}`}
        >
          {chart('Latency over time', (s) => [
            { values: s.p95, token: '--warn' },
            { values: s.p50, token: '--fg-3', faint: true },
            { values: s.p99, token: '--warn', faint: true },
          ])}
        </Figure>
      )}
      {denied > 0 && (
        <Figure name="Denied" value={formatRate(at(series?.deniedRate, meanOf(series?.deniedRate)))}>
          {chart('Denied flow events over time', (s) => [{ values: s.deniedRate, token: '--bad' }])}
        </Figure>
      )}
    </>
  )
}

function Figure({ name, value, note, children }: { name: string; value: string; note?: string; children: ReactNode }) {
  return (
    <div className="border-b border-line py-2.5">
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <span className="text-fg-2">{name}</span>
        <span>
          <b className="font-semibold">{value}</b> {note && <span className="text-xs text-fg-3">{note}</span>}
        </span>
      </div>
      {children}
    </div>
  )
}

/** The mean of the steps that are known; null without any. */
function meanOf(values: Values | undefined): number | null {
  const known = (values ?? []).filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
