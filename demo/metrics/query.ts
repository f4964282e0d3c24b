import { type Registry, sampleMs } from './registry'
import { type Matcher, parseSelector, selects } from './selector'
import { describeSeries } from './describe'
import { type Series, valuesOver } from './series'

/** How far back an instant query looks for a series' newest sample. */
const lookbackMs = 300_000

/** Answers an instant query at `time` (milliseconds) as Prometheus does: JSON of a matrix or a vector. Throws on what is no selector. */
export function answerQuery(registry: Registry, query: string, time: number): string {
  const { matchers, rangeMs } = parseSelector(query)
  const { origin, newest } = registry
  // A range is open at its older end.
  const first = Math.max(0, Math.floor((time - (rangeMs ?? lookbackMs) - origin) / sampleMs) + 1)
  const last = Math.min(newest, Math.floor((time - origin) / sampleMs))
  const result: string[] = []
  for (const { metric, numbers, from } of select(registry, matchers, first, last)) {
    const values = numbers.map((value, i) => `[${(origin + (from + i) * sampleMs) / 1000},"${format(value)}"]`)
    const newestValue = values.at(-1)
    if (rangeMs !== null) result.push(`{"metric":${metric},"values":[${values.join(',')}]}`)
    else if (newestValue && from + values.length - 1 === last)
      result.push(`{"metric":${metric},"value":${newestValue}}`)
  }
  const type = rangeMs === null ? 'vector' : 'matrix'
  return `{"status":"success","data":{"resultType":"${type}","result":[${result.join(',')}]}}`
}

function* select(registry: Registry, matchers: readonly Matcher[], first: number, last: number) {
  for (const target of registry.targets())
    for (const series of target.series.values()) {
      if (!mayMatch(series, matchers)) continue
      const from = Math.max(first, series.born ?? Infinity)
      const to = Math.min(last, target.ended ?? last)
      if (from > to) continue
      const described = describeSeries(series, target)
      if (!described.some((row) => selects(matchers, row.name, row.labels))) continue
      for (const [i, numbers] of valuesOver(series, from, to).entries()) {
        const row = described[i]
        if (row && selects(matchers, row.name, row.labels)) yield { metric: row.json, numbers, from }
      }
    }
}

const suffixes = { counter: [''], gauge: [''], histogram: ['_bucket', '_sum', '_count'] } as const

const mayMatch = ({ kind, name }: Series, matchers: readonly Matcher[]): boolean =>
  matchers.every(
    ({ label, matches }) => label !== '__name__' || suffixes[kind].some((suffix) => matches(`${name}${suffix}`)),
  )

/** Numbers as Prometheus writes them. */
export const format = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
