'use client'

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Mark } from '@/core/mark'
import { drawGaps, drawMarks, type Span } from './draw-over'
import type { Values } from './scale'

export type TimeLine = {
  readonly label: string
  readonly values: Values
  readonly token: string
  readonly dash?: readonly number[]
}

type Props = {
  /** Start of each step in milliseconds. */
  readonly t: readonly number[]
  readonly lines: readonly TimeLine[]
  /** Deploys and other changes: dashed lines. */
  readonly marks?: readonly Mark[]
  /** Spans without data (milliseconds; null: still going on), hatched: a Series' own will do. */
  readonly gaps?: readonly Span[]
  readonly format: (value: number | null) => string
  /** Charts of one group share their cursor. */
  readonly group?: string
  readonly height?: number
  readonly label: string
  readonly onSelect?: (from: number, to: number) => void
}

const none: readonly never[] = []

/** A larger chart over time, with axes, a shared cursor and selection by dragging. Unknown steps stay open. */
export function TimeSeries({
  t,
  lines,
  marks = none,
  gaps = none,
  format,
  group,
  height = 160,
  label,
  onSelect,
}: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const data = useRef<uPlot.AlignedData>([[]])
  const over = useRef<{ marks: readonly Mark[]; gaps: readonly Span[] }>({ marks: [], gaps: [] })
  const shape = lines.map((line) => `${line.label}|${line.token}|${line.dash?.join(' ') ?? ''}`).join('\n')

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const build = () => {
      chart.current?.destroy()
      const style = getComputedStyle(element)
      const colour = (token: string) => style.getPropertyValue(token).trim()
      const axis = {
        stroke: colour('--fg-3'),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { show: false },
        font: `11px ${style.fontFamily}`,
      }
      const series = shape.split('\n').map((line): uPlot.Series => {
        const [name = '', token = '', dash = ''] = line.split('|')
        return {
          label: name,
          stroke: colour(token),
          width: 1.5,
          dash: dash ? dash.split(' ').map(Number) : undefined,
          spanGaps: false,
          points: { show: false },
        }
      })
      chart.current = new uPlot(
        {
          width: element.clientWidth,
          height,
          legend: { show: false },
          cursor: {
            sync: group ? { key: group } : undefined,
            drag: { x: onSelect !== undefined, y: false, setScale: false },
          },
          axes: [axis, { ...axis, size: 56, values: (_, ticks) => ticks.map(format) }],
          scales: { y: { range: (_, __, top) => [0, top > 0 ? top * 1.05 : 1] } },
          series: [{}, ...series],
          hooks: {
            drawClear: [(plot) => drawGaps(plot, over.current.gaps, colour('--unknown'))],
            draw: [(plot) => drawMarks(plot, over.current.marks, colour('--fg-2'))],
            setSelect: [
              (plot) =>
                plot.select.width > 3 &&
                onSelect?.(
                  plot.posToVal(plot.select.left, 'x') * 1000,
                  plot.posToVal(plot.select.left + plot.select.width, 'x') * 1000,
                ),
            ],
          },
        },
        data.current,
        element,
      )
    }
    build()
    const theme = new MutationObserver(build)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const resized = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }))
    resized.observe(element)
    return () => {
      theme.disconnect()
      resized.disconnect()
      chart.current?.destroy()
      chart.current = null
    }
  }, [shape, height, group, format, onSelect])

  useEffect(() => {
    data.current = [t.map((time) => time / 1000), ...lines.map((line) => [...line.values])]
    over.current = { marks, gaps }
    chart.current?.setData(data.current)
  }, [t, lines, marks, gaps])

  return (
    <figure aria-label={label} style={{ height }}>
      <div ref={box} aria-hidden="true" />
    </figure>
  )
}
