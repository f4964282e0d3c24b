import type { Totals } from '@/core/graph/build-totals'
import { formatPercent, formatRate, formatWhen } from '../format'
import { gapsAt, gapWords } from './gap-labels'
import { peak } from './scale'

/** Requests, or flow events where no requests are known. */
const totalsOf = (series: Totals): readonly (number | null)[] =>
  series.requestRate.map((rate, i) => rate ?? series.flowRate[i] ?? null)

/** A bar for each step; what went wrong is red at its foot. */
export function Bars({ series, width, height }: { series: Totals; width: number; height: number }) {
  const totals = totalsOf(series)
  const top = peak(totals) || 1
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

/** What a step of the strip says when it is pointed at. */
export function stepWords(series: Totals, moment: number): string {
  const i = Math.max(0, Math.min(series.t.length - 1, Math.floor((moment - series.window.from) / series.stepMs)))
  const total = series.requestRate[i] ?? null
  const flows = series.flowRate[i] ?? null
  const denied = series.deniedRate[i] ?? null
  const time = series.t[i] ?? series.window.from
  const missing = gapWords(gapsAt(series.gaps, time, time + series.stepMs))
  const known = total ?? flows
  return [
    formatWhen(series.t[i], 's'),
    known === null ? 'no data' : `${formatRate(known)} ${total === null ? 'flow events' : 'requests'}`,
    ...(series.errorRatio[i] == null ? [] : [`${formatPercent(series.errorRatio[i])} errors`]),
    ...(denied ? [`${formatRate(denied)} denied`] : []),
    ...(missing ? [missing] : []),
  ].join(' · ')
}
