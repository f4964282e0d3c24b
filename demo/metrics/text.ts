import { format } from './query'
import type { Target } from './registry'
import { type Labels, rowsNow, type Series } from './series'

const escape = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

const labelText = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`)
  return parts.length ? `{${parts.join(',')}}` : ''
}

/** The targets' series as they are now, in Prometheus's text format; `federated`: with the labels that scraping would add. */
export function exposition(targets: Iterable<Target>, federated: boolean): string {
  const byName = new Map<string, { readonly series: Series; readonly more: Labels }[]>()
  for (const { series: all, labels, ended } of targets) {
    if (ended !== null) continue
    for (const series of all.values()) {
      const list = byName.get(series.name) ?? []
      list.push({ series, more: federated ? labels : {} })
      byName.set(series.name, list)
    }
  }
  const lines: string[] = []
  for (const name of [...byName.keys()].sort()) {
    const list = byName.get(name) ?? []
    lines.push(`# TYPE ${name} ${list[0]?.series.kind ?? 'untyped'}`)
    for (const { series, more } of list)
      for (const row of rowsNow(series))
        lines.push(`${row.name}${labelText({ ...row.labels, ...more })} ${format(row.values[0] ?? 0)}`)
  }
  return `${lines.join('\n')}\n`
}
