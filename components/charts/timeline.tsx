'use client'

import { type PointerEvent, useRef, useState } from 'react'
import type { Totals } from '@/core/build-totals'
import type { Window } from '@/core/time'
import { formatPercent, formatRate, formatWhen, needsDate } from '../format'
import { gapLabels, gapsAt, gapWords } from './gap-labels'
import { Hatch } from './hatch'
import { gapSpans, peak } from './scale'
import { useWidth } from './use-width'

const height = 50
/** Pixels at both ends of the line of labels that the times take, without a date and with it. */
const endRoom = { time: 74, date: 128 }

type Props = {
  readonly series: Totals
  /** What the page shows just now. */
  readonly shown: Window
  /** What is marked as live at the right end. */
  readonly live: boolean
  readonly onSelect: (window: Window) => void
}

/** Totals over time as bars (errors and denials red at the foot), gaps hatched, the shown window framed. Dragging chooses another. */
export function Timeline({ series, shown, live, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 900)
  const [drag, setDrag] = useState<readonly [number, number] | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const { from, to } = series.window
  const span = Math.max(1, to - from)
  const x = (time: number) => ((time - from) / span) * width
  const totals = series.requestRate.map((rate, i) => rate ?? series.flowRate[i] ?? null)
  const top = peak(totals) || 1
  const at = (event: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect()
    const share = rect ? Math.max(0, Math.min(1, (event.clientX - rect.left) / rect.width)) : 0
    return from + share * span
  }
  const release = () => {
    if (drag) {
      const [a, b] = [Math.min(...drag), Math.max(...drag)]
      if (b - a > span / 200) onSelect({ from: Math.round(a), to: Math.round(b) })
    }
    setDrag(null)
  }
  const frame = drag ? ([Math.min(...drag), Math.max(...drag)] as const) : ([shown.from, shown.to] as const)
  const left = Math.max(1, x(frame[0]))
  const right = Math.min(width - 1, x(frame[1]))
  const spans = gapSpans(series)
  const labels = gapLabels(series.gaps, spans, series.window, width, needsDate(from) ? endRoom.date : endRoom.time)
  const hovered = cursor === null ? -1 : Math.min(series.t.length - 1, Math.floor((cursor - from) / series.stepMs))
  return (
    <div className="border-t border-line px-3.5 pt-1 pb-1.5">
      <div className="relative mb-0.5 flex justify-between text-2xs text-fg-3">
        <span>{formatWhen(from, 'min')}</span>
        {hovered >= 0 && <span className="text-fg-2">{hoverText(series, hovered)}</span>}
        {hovered < 0 &&
          labels.map(({ words, x }) => (
            <span key={words + x} className="absolute -translate-x-1/2 whitespace-nowrap" style={{ left: x }}>
              {words}
            </span>
          ))}
        <span>
          {formatWhen(to, 'min')}
          {live && ' live'}
        </span>
      </div>
      <div
        ref={box}
        className="cursor-crosshair touch-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag([at(event), at(event)])
        }}
        onPointerMove={(event) => {
          setCursor(at(event))
          if (drag) setDrag([drag[0], at(event)])
        }}
        onPointerUp={release}
        onPointerLeave={() => setCursor(null)}
      >
        <svg
          width={width}
          height={height}
          className="block"
          role="img"
          aria-label="Traffic, errors and denials over time"
        >
          <Bars series={series} totals={totals} top={top} width={width} />
          <Hatch spans={spans} width={width} height={height} />
          {right > left && (
            <rect
              x={left}
              y={1}
              width={right - left}
              height={height - 2}
              rx={3}
              fill="var(--accent)"
              fillOpacity={0.1}
              stroke="var(--accent)"
            />
          )}
        </svg>
      </div>
    </div>
  )
}

function Bars({
  series,
  totals,
  top,
  width,
}: {
  series: Totals
  totals: readonly (number | null)[]
  top: number
  width: number
}) {
  const step = width / Math.max(1, totals.length)
  const bar = Math.max(1, step - Math.min(2, step * 0.25))
  return totals.map((total, i) => {
    if (total === null) return null
    const h = (total / top) * (height - 8)
    // Errors are a share of requests; denials come as flows. Both are what went wrong in this step.
    const wrong = Math.min(total, total * (series.errorRatio[i] ?? 0) + (series.deniedRate[i] ?? 0))
    const red = wrong > 0 ? Math.max(1, (wrong / top) * (height - 8)) : 0
    return (
      <g key={series.t[i]}>
        <rect x={i * step} y={height - h - 2} width={bar} height={h} fill="var(--quiet)" />
        {red > 0 && <rect x={i * step} y={height - red - 2} width={bar} height={red} fill="var(--bad)" />}
      </g>
    )
  })
}

function hoverText(series: Totals, i: number): string {
  const total = series.requestRate[i] ?? null
  const flows = series.flowRate[i] ?? null
  const denied = series.deniedRate[i] ?? null
  const time = series.t[i] ?? series.window.from
  const missing = gapWords(gapsAt(series.gaps, time, time + series.stepMs))
  return [
    formatWhen(series.t[i], 's'),
    total === null && flows === null
      ? 'no data'
      : total === null
        ? `${formatRate(flows)} flow events`
        : `${formatRate(total)} requests`,
    ...(series.errorRatio[i] == null ? [] : [`${formatPercent(series.errorRatio[i])} errors`]),
    ...(denied ? [`${formatRate(denied)} denied`] : []),
    ...(missing ? [missing] : []),
  ].join(' · ')
}
