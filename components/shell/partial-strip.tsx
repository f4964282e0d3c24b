'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { SourceRow } from '@/core/source-row'
import type { SourceGap } from '@/core/world'
import { formatWhen } from '../format'
import { gapSentence } from '../gap-words'
import { sourcesQuery } from '../queries'
import { sourceName } from '../source-names'
import { StatusMark } from '../status-mark'
import { inTrouble } from './overview'

const shownAtMost = 2

/** Says which source is gone or lost data within what is shown, and what is therefore unknown. Nothing where all is well. */
export function PartialStrip({ gaps = [] }: { gaps?: readonly SourceGap[] }) {
  const { data } = useQuery(sourcesQuery())
  const sentences = partialSentences(data?.sources ?? [], gaps)
  if (sentences.length === 0) return null
  const more = sentences.length - shownAtMost
  return (
    <section
      aria-label="Partial data"
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2"
    >
      <StatusMark status="warn" label="Partial data" />
      <span className="min-w-0 flex-1 truncate">
        {sentences.slice(0, shownAtMost).join(' · ')}
        {more > 0 && ` · and ${more} more`}
      </span>
      <Link href="/sources" className="inline-flex h-6 items-center text-accent hover:underline">
        What is missing
      </Link>
    </section>
  )
}

/** One sentence for each source that is gone and each gap, no sentence twice; what goes on now comes first. */
export function partialSentences(
  sources: readonly SourceRow[],
  gaps: readonly SourceGap[],
  now = Date.now(),
): string[] {
  const names = new Map(sources.map((source) => [source.id, source.title || sourceName(source.type)]))
  const gone = sources
    .filter(inTrouble)
    .map(
      (source) =>
        `${names.get(source.id)} gone since ${formatWhen(source.stateSince, 'min', now)}; what happened since is unknown`,
    )
  const goneIds = new Set(sources.filter(inTrouble).map((source) => source.id))
  const lost = gaps
    .filter((gap) => !(gap.to === null && goneIds.has(gap.source)))
    .map((gap) => gapSentence(gap, names.get(gap.source) ?? gap.source, now))
  return [...new Set([...gone, ...lost])]
}
