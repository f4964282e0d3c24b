'use client'

import { type PointerEvent, useRef, useState } from 'react'
import type { EncryptionTrend } from '@/core/encryption/build-trend'
import type { Mark } from '@/core/marks/mark'
import type { Window } from '@/core/time'
import { Hatch } from '../charts/hatch'
import { groupMarks, groupWords, placeLabels } from '../charts/mark-groups'
import { MarkLines } from '../charts/mark-lines'
import { gapSpans, runsOf, stepMiddle } from '../charts/scale'
import { useWidth } from '../charts/use-width'
import { formatWhen } from '../format'
import { coverageText } from './coverage-text'

type Props = {
  trend: EncryptionTrend
  marks: readonly Mark[]
  height: number
  /** Called with what a drag chose; without it nothing is chosen. */
  onSelect?: (window: Window) => void
}

const axis = 38
const foot = 30

/** The band between least and most over time. Steps without traffic stay open, gaps are hatched. */
export function TrendChart({ trend, marks, height, onSelect }: Props) {
  const { window, t, stepMs, coverage } = trend
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 520)
  const [at, setAt] = useState<number | null>(null)
  const [brush, setBrush] = useState<readonly [number, number] | null>(null)
  const plot = { width: Math.max(60, width - axis), height }
  const [low, ticks] = scaleOf(coverage)
  const length = window.to - window.from
  const x = (i: number) => stepMiddle(t[i] ?? 0, stepMs, window) * plot.width
  const y = (share: number) => 3 + (1 - (share - low) / (1 - low)) * (plot.height - 6)
  const groups = groupMarks(marks, window, plot.width, 6)
  const labels = placeLabels(
    groups.map((group) => ({ words: groupWords(group), x: group.x, weight: 1 })),
    plot.width,
    [84, 84],
  )
  const shareOf = (event: PointerEvent<HTMLDivElement>) => {
    const rect = event.currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(1, (event.clientX - rect.left - axis) / (rect.width - axis)))
  }
  const choose = () => {
    if (!brush || !onSelect) return
    const [a, b] = brush[0] < brush[1] ? brush : [brush[1], brush[0]]
    setBrush(null)
    if ((b - a) * plot.width > 4) onSelect({ from: window.from + a * length, to: window.from + b * length })
  }
  const pointed = at === null ? null : (coverage[at] ?? null)
  return (
    <div
      ref={box}
      style={{ height: height + foot }}
      className={onSelect ? 'relative cursor-crosshair touch-none' : 'relative'}
      onPointerDown={(event) => {
        if (!onSelect || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setBrush([shareOf(event), shareOf(event)])
      }}
      onPointerMove={(event) => {
        const share = shareOf(event)
        if (brush) setBrush([brush[0], share])
        setAt(Math.max(0, Math.min(t.length - 1, Math.floor((window.from + share * length - (t[0] ?? 0)) / stepMs))))
      }}
      onPointerUp={choose}
      onPointerLeave={() => setAt(null)}
    >
      <svg
        width={width}
        height={height + foot}
        role="img"
        aria-label={`Coverage over time: ${summary(coverage)}`}
        className="block overflow-visible text-2xs select-none"
      >
        {ticks.map((share) => (
          <g key={share}>
            <path d={`M${axis} ${y(share)}H${width}`} stroke="var(--line)" />
            <text x={axis - 6} y={y(share) + 3.5} textAnchor="end" fill="var(--fg-3)">
              {Math.round(share * 100)} %
            </text>
          </g>
        ))}
        <g transform={`translate(${axis} 0)`}>
          <Hatch spans={gapSpans(trend)} width={plot.width} height={plot.height} />
          {runsOf(coverage.map((each) => each?.least ?? null)).map(([from, to]) => (
            <Band key={from} coverage={coverage} from={from} to={to} x={x} y={y} />
          ))}
          <MarkLines marks={marks} window={window} width={plot.width} height={plot.height} />
          {groups.map((group, i) => {
            const middle = labels.get(i)
            return middle === undefined ? null : (
              <text key={group.at} x={middle} y={height + 16} textAnchor="middle" fill="var(--fg-2)">
                ▲ {groupWords(group)}
              </text>
            )
          })}
          <text x={0} y={height + 16} fill="var(--fg-3)">
            {formatWhen(window.from, 'min')}
          </text>
          <text x={plot.width} y={height + 16} textAnchor="end" fill="var(--fg-3)">
            {formatWhen(window.to, 'min')}
          </text>
          {brush && (
            <rect
              x={Math.min(...brush) * plot.width}
              width={Math.abs(brush[1] - brush[0]) * plot.width}
              height={plot.height}
              fill="var(--accent)"
              fillOpacity={0.15}
            />
          )}
          {at !== null && <path d={`M${x(at)} 0V${plot.height}`} stroke="var(--fg-3)" strokeDasharray="2 3" />}
        </g>
      </svg>
      {at !== null && (
        <p className="pointer-events-none absolute top-0 right-0 rounded-sm border border-line bg-raised px-1.5 text-xs">
          {formatWhen(t[at], 'min')} <b className="font-semibold">{coverageText(pointed)}</b>
        </p>
      )}
    </div>
  )
}

/** The foot of the scale and its ticks: all of 0 to 100 %, or from a tenth below the least where all is high. */
function scaleOf(coverage: EncryptionTrend['coverage']): readonly [low: number, ticks: readonly number[]] {
  const least = coverage.reduce((low, each) => Math.min(low, each?.least ?? 1), 1)
  const low = least > 0.6 ? Math.max(0, Math.floor(least * 10 - 0.5) / 10) : 0
  return [low, [low, (low + 1) / 2, 1]]
}

function summary(coverage: EncryptionTrend['coverage']): string {
  const known = coverage.filter((each) => each !== null)
  const [first, last] = [known[0], known.at(-1)]
  return first && last ? `${coverageText(first)} at first, ${coverageText(last)} at last` : 'unknown'
}

type BandProps = {
  coverage: EncryptionTrend['coverage']
  from: number
  to: number
  x: (i: number) => number
  y: (share: number) => number
}

function Band({ coverage, from, to, x, y }: BandProps) {
  const steps = Array.from({ length: to - from + 1 }, (_, k) => from + k)
  const point = (i: number, bound: 'least' | 'most') => `${round(x(i))} ${round(y(coverage[i]?.[bound] ?? 0))}`
  const least = steps.map((i) => point(i, 'least'))
  const most = steps.map((i) => point(i, 'most'))
  if (from === to)
    return <path d={`M${least[0]}L${most[0]}`} stroke="var(--ok)" strokeWidth={3} strokeLinecap="round" />
  return (
    <>
      <path d={`M${least.join('L')}L${most.toReversed().join('L')}Z`} fill="var(--ok)" fillOpacity={0.28} />
      <path d={`M${least.join('L')}`} fill="none" stroke="var(--ok)" strokeWidth={1.5} strokeLinejoin="round" />
    </>
  )
}

const round = (value: number) => Math.round(value * 10) / 10
