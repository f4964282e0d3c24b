'use client'

import type { Difference } from '@/core/compare/compare'
import type { Comparison } from '@/core/compare/compare-graphs'
import { countWords, differenceLook } from '../../compare/difference-words'
import { versusWords } from '../../compare/versus-words'
import { formatSpan } from '../../format'
import { StatusMark } from '../../status-mark'
import { useDifference, useVersus } from '../../url-state'
import { useNow } from '../../use-now'

type Props = { readonly comparison: Comparison | undefined; readonly error: Error | null }

/** What the map is compared with, and how many edges differ in which way; each count shows those alone. Also the legend of the signs. */
export function CompareBar({ comparison, error }: Props) {
  const [versus] = useVersus()
  const [only, setOnly] = useDifference()
  const now = useNow()
  if (versus === null) return null
  const counts = comparison ? countWords(comparison.counts) : []
  const span = comparison && now !== null ? formatSpan(comparison.window.from, comparison.window.to, now) : ''
  const choose = (difference: Difference) => void setOnly(only === difference ? null : difference)
  return (
    <section
      aria-label="Comparison"
      aria-busy={!comparison && !error}
      className="flex min-h-8 flex-wrap items-center gap-x-1 rounded-md border border-line bg-panel px-2 py-0.5"
    >
      <span className="px-1 text-fg-2" title={span}>
        vs. {versusWords(versus)}
      </span>
      {error ? (
        <span role="alert" className="px-1 text-xs text-fg-2">
          The comparison could not be loaded.
        </span>
      ) : !comparison ? (
        <span className="px-1 text-xs text-fg-3">comparing…</span>
      ) : counts.length === 0 ? (
        <span className="px-1 text-xs text-fg-3">nothing differs</span>
      ) : (
        counts.map(({ difference, words }) => (
          <button
            key={difference}
            type="button"
            aria-pressed={only === difference}
            onClick={() => choose(difference)}
            title={only === difference ? 'Show everything' : 'Show these alone'}
            className="inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 hover:bg-hover aria-pressed:bg-hover aria-pressed:outline-1 aria-pressed:outline-accent"
          >
            <StatusMark status={differenceLook[difference].status} label={words} showLabel />
            <span aria-hidden="true" className="font-mono text-xs text-fg-3">
              {differenceLook[difference].glyph}
            </span>
          </button>
        ))
      )}
    </section>
  )
}
