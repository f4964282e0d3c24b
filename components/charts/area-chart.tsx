'use client'

import { type PointerEvent, useRef, useState } from 'react'
import type { Mark } from '@/core/marks/mark'
import type { Window } from '@/core/time'
import { useWidth } from './use-width'
import { Hatch } from './hatch'
import { MarkLines } from './mark-lines'
import { peak, runsOf, type Values } from './scale'

export type Line = { readonly values: Values; readonly token: string; readonly faint?: boolean }

type Props = {
  /** The first line has its area filled. All have the same steps. */
  readonly lines: readonly Line[]
  /** Spans without data as shares 0..1 of the width (`gapSpans` of ./scale makes them of a Series). */
  readonly gaps: readonly (readonly [number, number])[]
  /** Deploys and other changes, and the window that the lines are of, which places them. */
  readonly marks?: readonly Mark[]
  readonly window?: Window
  /** Called with what a drag chose; needs `window`. */
  readonly onSelect?: (from: number, to: number) => void
  readonly label: string
  /** The value that fills the height at least: so that noise near zero stays low. */
  readonly least?: number
  readonly height?: number
  /** Index of the step that is pointed at; give several charts the same to share it. */
  readonly cursor: number | null
  readonly onCursor: (index: number | null) => void
}

/** A small chart of lines over time with an area under the first; unknown stays empty, gaps are hatched. */
export function AreaChart({
  lines,
  gaps,
  marks,
  window,
  onSelect,
  label,
  least = 0,
  height = 34,
  cursor,
  onCursor,
}: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 316)
  const steps = lines[0]?.values.length ?? 0
  const top =
    peak(
      lines.flatMap((line) => line.values),
      least,
    ) || 1
  const x = (i: number) => (steps > 1 ? (i * width) / (steps - 1) : width / 2)
  const y = (value: number) => height - 1 - (value / top) * (height - 4)
  const [brush, setBrush] = useState<readonly [number, number] | null>(null)
  const shareOf = (event: PointerEvent<HTMLDivElement>) => {
    const rect = event.currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(1, (event.clientX - rect.left) / rect.width))
  }
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const share = shareOf(event)
    if (brush) setBrush([brush[0], share])
    onCursor(Math.round(share * (steps - 1)))
  }
  const choose = () => {
    if (!brush || !window || !onSelect) return
    const [a, b] = brush[0] < brush[1] ? brush : [brush[1], brush[0]]
    setBrush(null)
    const length = window.to - window.from
    if ((b - a) * width > 4) onSelect(window.from + a * length, window.from + b * length)
  }
  return (
    <div
      ref={box}
      onPointerDown={(event) => {
        if (!onSelect || !window || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setBrush([shareOf(event), shareOf(event)])
      }}
      onPointerMove={follow}
      onPointerUp={choose}
      onPointerLeave={() => onCursor(null)}
      style={{ height }}
      className={onSelect ? 'cursor-crosshair touch-none' : undefined}
    >
      <svg width={width} height={height} role="img" aria-label={label} className="block overflow-visible">
        <Hatch spans={gaps} width={width} height={height} />
        {lines.map((line, i) => (
          <g key={line.token + i} opacity={line.faint ? 0.55 : 1}>
            {runsOf(line.values).map(([from, to]) => (
              <Run
                key={from}
                values={line.values}
                from={from}
                to={to}
                x={x}
                y={y}
                height={height}
                filled={i === 0}
                token={line.token}
              />
            ))}
          </g>
        ))}
        {marks && window && <MarkLines marks={marks} window={window} width={width} height={height} />}
        {brush && (
          <rect
            x={Math.min(...brush) * width}
            width={Math.abs(brush[1] - brush[0]) * width}
            height={height}
            fill="var(--accent)"
            fillOpacity={0.15}
          />
        )}
        {cursor !== null && cursor < steps && (
          <path d={`M${x(cursor)} 0V${height}`} stroke="var(--fg-3)" strokeDasharray="2 3" />
        )}
      </svg>
    </div>
  )
}

type RunProps = {
  readonly values: Values
  readonly from: number
  readonly to: number
  readonly x: (i: number) => number
  readonly y: (value: number) => number
  readonly height: number
  readonly filled: boolean
  readonly token: string
}

function Run({ values, from, to, x, y, height, filled, token }: RunProps) {
  const points = Array.from(
    { length: to - from + 1 },
    (_, k) => `${round(x(from + k))} ${round(y(values[from + k] ?? 0))}`,
  )
  if (from === to) return <circle cx={x(from)} cy={y(values[from] ?? 0)} r={1.6} fill={`var(${token})`} />
  const line = `M${points.join('L')}`
  return (
    <>
      {filled && (
        <path
          d={`${line}L${round(x(to))} ${height}L${round(x(from))} ${height}Z`}
          fill={`var(${token})`}
          fillOpacity={0.13}
        />
      )}
      <path d={line} fill="none" stroke={`var(${token})`} strokeWidth={1.5} strokeLinejoin="round" />
    </>
  )
}

const round = (value: number) => Math.round(value * 10) / 10
