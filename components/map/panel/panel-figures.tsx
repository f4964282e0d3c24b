'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Figures } from '@/core/figures/figures'
import type { GraphEdge } from '@/core/graph/graph'
import type { Series } from '@/core/series/series'
import { AreaChart, type Line } from '../../charts/area-chart'
import { gapSpans, type Values } from '../../charts/scale'
import { formatBytesRate, formatMs, formatPercent, formatRate, formatShort, formatWhen } from '../../format'
import { marksQuery, seriesQuery } from '../../charts/queries'
import { useTimeRange, useViewParams } from '../../url-state'
import { addKnown } from '@/core/figures/tally'
import { someErrors } from '../lens'
import { witnessWords } from './witness-words'

type Props = {
  id: string
  figures: Figures | null
  /** Who told each figure, of an edge. */
  told?: GraphEdge['told']
}

/** Requests, errors, latency, traffic and denials over the window, each with its figure. What is unknown has a dash and no line. */
export function PanelFigures({ id, figures, told }: Props) {
  const { q: _filter, ...params } = useViewParams()
  const { data: series } = useQuery(seriesQuery({ ...params, sel: id }))
  const { data: changes } = useQuery(marksQuery({ ...params, sel: id }))
  const { setWindow } = useTimeRange()
  const [cursor, setCursor] = useState<number | null>(null)
  if (!figures) return <p className="border-b border-line py-2.5 text-fg-3">Nothing comes in during this time.</p>
  const at = (values: Values | undefined, total: number | null) =>
    cursor === null ? total : (values?.[cursor] ?? null)
  const chart = (label: string, lines: (series: Series) => readonly Line[], least?: number) =>
    series && (
      <AreaChart
        lines={lines(series)}
        gaps={gapSpans(series)}
        marks={changes?.marks}
        window={series.window}
        onSelect={(from, to) => void setWindow({ from, to })}
        label={label}
        least={least}
        cursor={cursor}
        onCursor={setCursor}
      />
    )
  const errors = at(series?.errorRatio, figures.errorRatio)
  const denied = figures.verdicts.denied ?? 0
  const requests = figures.requestRate !== null
  const connections = figures.connectionRate !== null
  const bytes = addKnown(figures.sentRate, figures.receivedRate)
  return (
    <>
      <Figure
        name={requests ? 'Requests' : connections ? 'Connections' : 'Flow events'}
        by={requests ? told?.requests : told?.flows}
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
          by={told?.responses}
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
          by={told?.responses}
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
      {bytes !== null && (
        <Figure
          name="Traffic"
          by={told?.bytes}
          value={formatBytesRate(at(sumOf(series?.sentRate, series?.receivedRate), bytes))}
          note={`${formatBytesRate(at(series?.sentRate, figures.sentRate))} there · ${formatBytesRate(at(series?.receivedRate, figures.receivedRate))} back`}
        >
          {chart('Bytes over time', (s) => [{ values: sumOf(s.sentRate, s.receivedRate) ?? [], token: '--fg-3' }])}
        </Figure>
      )}
      {requests && connections && (
        <Figure
          name="Connections"
          by={told?.connections}
          value={formatRate(at(series?.connectionRate, figures.connectionRate))}
          note={figures.openConnections === null ? '' : `${formatShort(figures.openConnections)} open`}
        />
      )}
      {denied > 0 && (
        <Figure
          name="Denied"
          by={told?.flows ?? told?.requests}
          value={formatRate(at(series?.deniedRate, meanOf(series?.deniedRate)))}
        >
          {chart('Denied flow events over time', (s) => [{ values: s.deniedRate, token: '--bad' }])}
        </Figure>
      )}
    </>
  )
}

type FigureProps = { name: string; value: string; note?: string; by?: string | null; children?: ReactNode }

/** `by`: the witness of the figure, which its name tells on hover and to a screen reader. */
function Figure({ name, value, note, by, children }: FigureProps) {
  const witness = by ? witnessWords(by) : null
  return (
    <div className="border-b border-line py-2.5">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-fg-2">{name}</span>
        <b className="font-semibold">{value}</b>
      </div>
      {(witness || note) && (
        <div className="mb-1 flex items-baseline justify-between gap-3 text-2xs text-fg-3">
          <span>{witness && `${witness.source} ${witness.side}`.trim()}</span>
          {note && <span>{note}</span>}
        </div>
      )}
      {children}
    </div>
  )
}

/** Step by step, what is known of two; undefined without both. */
function sumOf(a: Values | undefined, b: Values | undefined): Values | undefined {
  return a && b && a.map((value, at) => addKnown(value, b[at] ?? null))
}

/** The mean of the steps that are known; null without any. */
function meanOf(values: Values | undefined): number | null {
  const known = (values ?? []).filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
