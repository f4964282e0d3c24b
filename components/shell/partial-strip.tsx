'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { SourceRow } from '@/core/sources/source-row'
import type { SourceGap } from '@/core/world'
import { formatWhen } from '../format'
import { gapSentence } from '../gap-words'
import { sourcesQuery } from '../sources/queries'
import { sourceName } from '@/core/sources/source-name'
import { StatusMark } from '../status-mark'
import { useRecording } from '../url-state'

const shownAtMost = 2

/** Says which source is gone or lost data within what is shown, and what is therefore unknown. Nothing where all is well. */
export function PartialStrip({ gaps = [] }: { gaps?: readonly SourceGap[] }) {
  const { data } = useQuery(sourcesQuery())
  const [recording] = useRecording()
  const sentences = partialSentences(concerned(data?.sources, recording), gaps)
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

/** Whether all of a source is missing now, not a node or a proxy of it. */
const isGone = ({ state, gaps }: SourceRow): boolean =>
  state === 'retrying' || state === 'failed' || gaps.some((gap) => gap.part === '' && gap.to === null)

/** Since when a source that is gone is: its whole gap tells, where it has one. */
const goneSince = ({ gaps, stateSince }: SourceRow): number =>
  gaps.find((gap) => gap.part === '' && gap.to === null)?.from ?? stateSince

/** Sources whose absence is missed in what is shown: a recording lacks nothing for want of one that is away now. */
export const concerned = (sources: readonly SourceRow[] = [], recording: number | null): readonly SourceRow[] =>
  recording === null ? sources : []

/** One sentence for each source that is gone and each gap, no sentence twice; what goes on now comes first. */
export function partialSentences(
  sources: readonly SourceRow[],
  gaps: readonly SourceGap[],
  now = Date.now(),
): string[] {
  const names = new Map(sources.map((source) => [source.id, source.title || sourceName(source.type)]))
  const whole = sources.filter(isGone)
  const gone = whole.map(
    (source) =>
      `${names.get(source.id)} gone since ${formatWhen(goneSince(source), 'min', now)}; what happened since is unknown`,
  )
  const goneIds = new Set(whole.map((source) => source.id))
  const lost = merged(gaps.filter((gap) => !(gap.to === null && goneIds.has(gap.source)))).map((gap) =>
    gapSentence(gap, names.get(gap.source) ?? gap.source, now),
  )
  return [...new Set([...gone, ...lost])]
}

/** More parts than this of one source (nodes, proxies) that were gone are one gap. */
const manyParts = 3

/** What the parts of a source are; its id begins with its type. */
function partsWord(source: string): string {
  const type = source.split(':')[0]
  if (type === 'hubble' || type === 'goldmane') return 'nodes'
  return type === 'prometheus' ? 'targets' : 'parts'
}

function merged(gaps: readonly SourceGap[]): readonly (SourceGap & { readonly isLeast?: boolean })[] {
  const key = ({ source, cause }: SourceGap) => `${source} ${cause}`
  const parts = new Map<string, SourceGap[]>()
  for (const gap of gaps) if (gap.part !== '') parts.set(key(gap), [...(parts.get(key(gap)) ?? []), gap])
  const many = [...parts.values()].filter((own) => own.length > manyParts)
  const hidden = new Set(many.flat())
  const together = many.flatMap((own) => {
    const [first] = own
    if (!first) return []
    const to = own.some((gap) => gap.to === null) ? null : Math.max(...own.map((gap) => gap.to ?? 0))
    const lost = own.every((gap) => gap.lost === null) ? null : own.reduce((sum, gap) => sum + (gap.lost ?? 0), 0)
    return [
      {
        ...first,
        part: partsOf(own, partsWord(first.source)),
        from: Math.min(...own.map((gap) => gap.from)),
        to,
        lost,
        isLeast: own.some((gap) => gap.lost === null),
      },
    ]
  })
  return [...together, ...gaps.filter((gap) => !hidden.has(gap))]
}

/** How many there are; where their names are not told to the viewer, gaps do not tell. */
function partsOf(gaps: readonly SourceGap[], word: string): string {
  const names = new Set(gaps.map(({ part }) => part))
  const [only] = names
  return names.size > 1 ? `${names.size} ${word}` : only === 'one part' ? `some ${word}` : (only ?? word)
}
