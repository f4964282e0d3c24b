'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { HeatMap } from '@/core/series/heat-map'
import type { Window } from '@/core/time'
import { gapSpans } from '../charts/scale'
import type { PlotMark } from '../charts/plot-layers'
import { type Paint, TimePlot } from '../charts/time-plot'
import { formatCount, formatMs, formatPercent, formatWhen, plural } from '../format'
import { heatQuery } from './queries'
import type { SelParams } from '../view-query'
import { ErrorState } from '../shell/error-state'
import { Segmented } from '../ui/segmented'
import { Skeleton } from '../ui/skeleton'
import { Card } from './card'
import { HeatTable } from './heat-table'
import { paintHeat, rowAt, rowWords } from './paint-heat'
import { plotGroup } from './plot-group'

type Props = {
  params: SelParams
  /** Who measured, in words. */
  by: string
  marks: readonly PlotMark[]
  onSelect: (window: Window) => void
}

const height = 208

/** How long all responses took: the slow and the usual apart, where one percentile would mix them. */
export function HeatCard({ params, by, marks, onSelect }: Props) {
  const { data, error, refetch } = useQuery(heatQuery(params))
  const [as, setAs] = useState<'picture' | 'table'>('picture')
  const [cell, setCell] = useState<readonly [number, number] | null>(null)
  const empty = data && data.responses === 0
  return (
    <Card
      title="Latency, all requests"
      className="lg:col-span-3 xl:col-span-2"
      figure={
        <span className="text-xs">
          {data && cell ? cellWords(data, cell) : [by, ...newestMark(marks)].filter(Boolean).join(' · ')}
        </span>
      }
      control={
        data &&
        !empty && (
          <Segmented
            label="Picture or table"
            size="sm"
            value={as}
            onChange={setAs}
            options={[
              { value: 'picture', label: 'Picture' },
              { value: 'table', label: 'Table' },
            ]}
          />
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton className="h-[208px]" />
      ) : empty ? (
        <p className="flex h-[208px] items-center justify-center text-fg-3">
          No latency was measured in this time range.
        </p>
      ) : as === 'table' ? (
        <HeatTable heat={data} height={height} />
      ) : (
        <HeatPlot heat={data} marks={marks} onSelect={onSelect} onCell={setCell} />
      )}
    </Card>
  )
}

function HeatPlot({
  heat,
  marks,
  onSelect,
  onCell,
}: {
  heat: HeatMap
  marks: readonly PlotMark[]
  onSelect: (window: Window) => void
  onCell: (cell: readonly [number, number] | null) => void
}) {
  const paint = useCallback<Paint>((plot, colour) => paintHeat(plot, colour, heat), [heat])
  return (
    <TimePlot
      label={heatSummary(heat)}
      window={heat.window}
      t={heat.t}
      stepMs={heat.stepMs}
      lines={[]}
      range={[0, heat.rows.length]}
      format={(value) => (Number.isInteger(value) ? formatMs(heat.rows[value]?.low ?? heat.rows.at(-1)?.high) : '')}
      gaps={gapSpans(heat)}
      marks={marks}
      height={height}
      group={plotGroup}
      paint={paint}
      onCursor={(step, value) => {
        const row = value === null ? null : rowAt(heat, value)
        onCell(step === null || row === null ? null : [step, row])
      }}
      onSelect={onSelect}
    />
  )
}

/** `▲ Deployment storefront/bff was deployed 14:15`: what the last mark in the picture is. */
const newestMark = (marks: readonly PlotMark[]): readonly string[] =>
  marks.slice(-1).map(({ at, words }) => `▲ ${words} ${formatWhen(at, 'min')}`)

function cellWords(heat: HeatMap, [step, row]: readonly [number, number]): string {
  const column = heat.counts[step]
  const when = formatWhen(heat.t[step])
  if (!column) return `${when} · no data`
  return `${when} · ${rowWords(heat.rows[row])} · ${plural(column[row] ?? 0, 'response')}`
}

/** What the picture shows, in a sentence: between what most lie, and how many are slow. */
export function heatSummary(heat: HeatMap): string {
  const totals = heat.rows.map((_, row) => heat.counts.reduce((sum, column) => sum + (column?.[row] ?? 0), 0))
  const most = totals.indexOf(Math.max(...totals))
  const slow = heat.rows.reduce((sum, { low }, row) => sum + (low >= heat.slowFrom ? (totals[row] ?? 0) : 0), 0)
  return [
    `Latency of ${formatCount(heat.responses)} responses over time`,
    `most common: ${rowWords(heat.rows[most])}, ${formatPercent((totals[most] ?? 0) / Math.max(1, heat.responses))}`,
    `${formatPercent(slow / Math.max(1, heat.responses))} took ${formatMs(heat.slowFrom)} or longer`,
  ].join('; ')
}
