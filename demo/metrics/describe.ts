import type { Target } from './registry'
import { type Labels, namesOf, type Series } from './series'

/** A row of a series with the labels that scraping adds, also as text: of exposition and of Prometheus's JSON. */
export type Described = {
  readonly name: string
  readonly labels: Labels
  readonly text: string
  readonly json: string
}

const known = new WeakMap<Series, readonly Described[]>()

/** The rows of a series, described once. */
export function describeSeries(series: Series, target: Target): readonly Described[] {
  let rows = known.get(series)
  if (!rows) {
    rows = namesOf(series).map(({ name, labels: own }) => {
      const labels = { ...own, ...target.labels }
      return { name, labels, text: rowText(name, labels), json: JSON.stringify({ __name__: name, ...labels }) }
    })
    known.set(series, rows)
  }
  return rows
}

const escape = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

/** Name and labels in the text format. */
export function rowText(name: string, labels: Labels): string {
  const parts = Object.entries(labels).map(([label, value]) => `${label}="${escape(value)}"`)
  return parts.length ? `${name}{${parts.join(',')}}` : name
}
