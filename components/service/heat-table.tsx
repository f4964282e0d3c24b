import type { HeatMap } from '@/core/series/heat-map'
import { formatCount, formatPercent, formatWhen } from '../format'
import { rowWords } from './paint-heat'

/** The same as numbers: a row per range of latency, the slowest first, with when it was most frequent. */
export function HeatTable({ heat, height }: { heat: HeatMap; height: number }) {
  const lines = heat.rows.map((row, at) => {
    let total = 0
    let most = 0
    let when: number | null = null
    for (const [step, column] of heat.counts.entries()) {
      const n = column?.[at] ?? 0
      total += n
      if (n > most) [most, when] = [n, heat.t[step] ?? null]
    }
    return { row, total, most, when }
  })
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard
    <section className="overflow-auto" style={{ height }} tabIndex={0} aria-label="Latency as a table">
      <table className="w-full text-xs" aria-label="Responses by latency">
        <thead className="sticky top-0 bg-panel text-left text-2xs text-fg-3">
          <tr>
            <th scope="col" className="py-1 font-medium">
              Latency
            </th>
            <th scope="col" className="text-right font-medium">
              Responses
            </th>
            <th scope="col" className="text-right font-medium">
              Share
            </th>
            <th scope="col" className="text-right font-medium">
              Most in one step
            </th>
          </tr>
        </thead>
        <tbody>
          {lines
            .filter(({ total }) => total > 0)
            .toReversed()
            .map(({ row, total, most, when }) => (
              <tr key={row.low} className="h-6">
                <td>{rowWords(row)}</td>
                <td className="text-right">{formatCount(total)}</td>
                <td className="text-right">{formatPercent(total / Math.max(1, heat.responses))}</td>
                <td className="text-right">
                  {formatCount(most)} <span className="text-fg-3">at {formatWhen(when)}</span>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
