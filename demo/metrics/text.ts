import { describeSeries, rowText } from './describe'
import { format } from './query'
import type { Target } from './registry'
import { namesOf, type Series, valuesNow } from './series'

/** The targets' series as they are now, in Prometheus's text format; `federated`: with the labels that scraping would add. */
export function exposition(targets: Iterable<Target>, federated: boolean): string {
  const byName = new Map<string, { readonly series: Series; readonly target: Target }[]>()
  for (const target of targets) {
    if (target.ended !== null) continue
    for (const series of target.series.values()) {
      const list = byName.get(series.name)
      if (list) list.push({ series, target })
      else byName.set(series.name, [{ series, target }])
    }
  }
  const lines: string[] = []
  for (const name of [...byName.keys()].sort()) {
    const list = byName.get(name) ?? []
    lines.push(`# TYPE ${name} ${list[0]?.series.kind ?? 'untyped'}`)
    for (const { series, target } of list) {
      const texts = federated
        ? describeSeries(series, target).map((row) => row.text)
        : namesOf(series).map((row) => rowText(row.name, row.labels))
      for (const [i, value] of valuesNow(series).entries()) lines.push(`${texts[i]} ${format(value)}`)
    }
  }
  return `${lines.join('\n')}\n`
}
