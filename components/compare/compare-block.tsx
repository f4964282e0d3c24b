'use client'

import type { Compared } from '@/core/compare/compare-graphs'
import type { Figures } from '@/core/figures/figures'
import { formatMs, formatPercent, formatRate } from '../format'
import { StatusMark } from '../status-mark'
import { useVersus } from '../url-state'
import { differenceLook } from './difference-words'
import { versusWords } from './versus-words'

type Props = {
  /** Of core/compare/compare-graphs.ts; nothing is shown without one. */
  readonly compared: Compared | undefined
  readonly now: Figures | null
}

const rows: readonly { readonly name: string; readonly of: (figures: Figures | null) => string }[] = [
  { name: 'Requests', of: (figures) => formatRate(figures?.requestRate ?? figures?.flowRate) },
  { name: 'Errors', of: (figures) => formatPercent(figures?.errorRatio) },
  { name: 'Latency p95', of: (figures) => formatMs(figures?.p95) },
]

/** What differs from before for one edge, node or service, with its figures of then and now. */
export function CompareBlock({ compared, now }: Props) {
  const [versus] = useVersus()
  if (!compared || versus === null) return null
  const { differences, before } = compared
  return (
    <section aria-label="Comparison" className="border-b border-line py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-fg-2">vs. {versusWords(versus)}</span>
        {differences.length === 0 && (
          <span className="text-xs text-fg-3">{before ? 'nothing differs' : 'too little to compare'}</span>
        )}
        {differences.map((each) => (
          <StatusMark key={each} status={differenceLook[each].status} label={differenceLook[each].word} showLabel />
        ))}
      </div>
      {before && (
        <table className="mt-1.5 w-full text-xs">
          <thead className="text-2xs text-fg-3">
            <tr>
              <th className="text-left font-normal">
                <span className="sr-only">Figure</span>
              </th>
              <th className="text-right font-normal">was</th>
              <th className="text-right font-normal">is</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, of }) => (
              <tr key={name}>
                <th scope="row" className="py-0.5 text-left font-normal text-fg-2">
                  {name}
                </th>
                <td className="text-right text-fg-2">{of(before)}</td>
                <td className="text-right">{of(now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
