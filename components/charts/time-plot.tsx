'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Window } from '@/core/time'
import './time-plot.css'
import { drawGaps, drawMarks, type PlotMark } from './plot-layers'
import type { Values } from './scale'
import { onThemeChange } from './theme-change'

export type PlotLine = {
  readonly values: Values
  /** Custom property of its colour. */
  readonly token: string
  readonly fill?: boolean
  readonly faint?: boolean
  readonly dash?: readonly number[]
}

/** Draws below the lines, in device pixels; `colour` reads a custom property. */
export type Paint = (plot: uPlot, colour: (token: string) => string) => void

type Props = {
  /** What a screen reader is told in place of the picture. */
  readonly label: string
  readonly window: Window
  /** Start of each step, milliseconds. */
  readonly t: readonly number[]
  readonly stepMs: number
  readonly lines: readonly PlotLine[]
  /** The value that fills the height at least, so that noise near zero stays low. */
  readonly least?: number
  /** Fixed ends of the other axis, in place of those of the values. */
  readonly range?: readonly [number, number]
  readonly format?: (value: number) => string
  /** Spans without data as shares 0..1 of the window. */
  readonly gaps: readonly (readonly [number, number])[]
  readonly marks?: readonly PlotMark[]
  readonly height: number
  /** Charts of one group share their cursor. */
  readonly group: string
  readonly paint?: Paint
  /** Step under the cursor, and where on the other axis the pointer is; null when it leaves or is in another plot. */
  readonly onCursor?: (step: number | null, value: number | null) => void
  readonly onSelect?: (window: Window) => void
}

const axisFont = 11

/** A chart over time with a cursor that its group shares; dragging selects a window. Unknown steps stay open, gaps are hatched. */
export function TimePlot(props: Props) {
  const { label, window, t, stepMs, lines, least = 0, gaps, marks, height, group, format, range, paint } = props
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const shape = lines.map(({ token, fill, faint, dash }) => [token, fill, faint, dash].join('|')).join('\n')

  const dataOf = (): uPlot.AlignedData => [
    t.map((start) => (start + stepMs / 2) / 1000),
    ...lines.map((line) => [...line.values]),
  ]
  const cursor = useEffectEvent((plot: uPlot) => {
    const { left = -1, top = -1 } = plot.cursor
    if (left < 0) return props.onCursor?.(null, null)
    const step = Math.floor((plot.posToVal(left, 'x') * 1000 - (t[0] ?? 0)) / stepMs)
    const inside = step >= 0 && step < t.length
    props.onCursor?.(inside ? step : null, inside && plot.cursor.event && top >= 0 ? plot.posToVal(top, 'y') : null)
  })
  const select = useEffectEvent((plot: uPlot) => {
    const { left, width } = plot.select
    // Plots of the group draw the selection too; the one under the pointer tells it.
    if (width < 4 || !plot.cursor.event) return
    const at = (pixel: number) => Math.round(plot.posToVal(pixel, 'x') * 1000)
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    props.onSelect?.({ from: at(left), to: at(left + width) })
  })
  const below = useEffectEvent((plot: uPlot, colour: (token: string) => string) => {
    paint?.(plot, colour)
    drawGaps(plot, gaps, colour('--unknown'))
  })
  const above = useEffectEvent((plot: uPlot, colour: (token: string) => string) =>
    drawMarks(plot, marks ?? [], colour('--fg-3')),
  )
  const ends = useEffectEvent((top: number): [number, number] =>
    range ? [range[0], range[1]] : [0, Math.max(top * 1.08, least) || 1],
  )
  const span = useEffectEvent((): [number, number] => [window.from / 1000, window.to / 1000])
  const first = useEffectEvent(dataOf)
  const tick = useEffectEvent((value: number) => format?.(value) ?? '')

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const build = () => {
      chart.current?.destroy()
      const style = getComputedStyle(element)
      const colour = (token: string) => style.getPropertyValue(token).trim()
      const axis = {
        stroke: colour('--fg-3'),
        ticks: { show: false },
        font: `${axisFont}px ${style.fontFamily}`,
        gap: 4,
      }
      const grid = { stroke: colour('--line'), width: 1 }
      chart.current = new uPlot(
        {
          width: element.clientWidth,
          height,
          padding: [4, 14, 0, 0],
          legend: { show: false },
          cursor: {
            sync: { key: group },
            points: { show: false },
            drag: { x: true, y: false, setScale: false },
          },
          axes: [
            { ...axis, grid: { show: false }, size: 18, space: 70, values: (_, ticks) => ticks.map(timeOf) },
            { ...axis, grid, size: 44, space: 28, values: (_, ticks) => ticks.map(tick) },
          ],
          scales: { x: { time: true, range: span }, y: { range: (_, __, top) => ends(top) } },
          series: [
            {},
            ...shape
              .split('\n')
              .filter(Boolean)
              .map((line) => seriesOf(line, colour)),
          ],
          hooks: {
            drawClear: [(plot) => below(plot, colour)],
            draw: [(plot) => above(plot, colour)],
            setCursor: [(plot) => void cursor(plot)],
            setSelect: [select],
          },
        },
        first(),
        element,
      )
    }
    build()
    const stop = onThemeChange(build)
    const resized = new ResizeObserver(() => {
      if (element.clientWidth > 0) chart.current?.setSize({ width: element.clientWidth, height })
    })
    resized.observe(element)
    return () => {
      stop()
      resized.disconnect()
      chart.current?.destroy()
      chart.current = null
    }
  }, [shape, height, group])

  // After every render: the data, the gaps, the marks or what is painted may be others.
  useEffect(() => {
    chart.current?.setData(dataOf())
  })

  return (
    <figure aria-label={label} className="time-plot cursor-crosshair" style={{ height }}>
      <div ref={box} aria-hidden="true" />
    </figure>
  )
}

const timeOf = (seconds: number) => {
  const d = new Date(seconds * 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const time = `${two(d.getHours())}:${two(d.getMinutes())}`
  if (d.getSeconds() > 0) return `${time}:${two(d.getSeconds())}`
  return time === '00:00' ? `${two(d.getMonth() + 1)}-${two(d.getDate())}` : time
}

function seriesOf(line: string, colour: (token: string) => string): uPlot.Series {
  const [token = '', fill = '', faint = '', dash = ''] = line.split('|')
  const stroke = colour(token)
  return {
    stroke,
    alpha: faint === 'true' ? 0.55 : 1,
    width: 1.5,
    fill: fill === 'true' ? `color-mix(in srgb, ${stroke} 14%, transparent)` : undefined,
    dash: dash ? dash.split(',').map(Number) : undefined,
    spanGaps: false,
    points: { show: false },
  }
}
