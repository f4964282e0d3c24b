'use client'

import { useQuery } from '@tanstack/react-query'
import type { SourceGap } from '@/core/world'
import { formatDateTime } from '../format'
import { sourcesQuery } from '../sources/queries'
import { windowAt } from '../time-range'
import { useCluster, useFilter, useRecording, useTimeRange } from '../url-state'
import { usePrinting } from '../ui/use-printing'
import { useNow } from '../use-now'
import { concerned, partialSentences } from './partial-strip'

type Props = { title: string; asOf: number | null; gaps?: readonly SourceGap[]; timeless: boolean }

/** On paper, in place of the top bar: what the page is, of which time, under which filter, and what is missing in it. */
export function PrintHead({ title, asOf, gaps = [], timeless }: Props) {
  const { range, whole } = useTimeRange()
  const [cluster] = useCluster()
  const [recording] = useRecording()
  const [q] = useFilter()
  const { data } = useQuery(sourcesQuery())
  const now = useNow()
  const isPrinting = usePrinting()
  if (now === null) return null
  const window = windowAt(range, asOf ?? now)
  const facts = [
    timeless
      ? `as of ${formatDateTime(asOf ?? now, 'min')}`
      : whole
        ? 'the whole recording'
        : `${formatDateTime(window.from, 'min')} to ${formatDateTime(window.to, 'min')}`,
    recording === null ? '' : `recording ${data?.recordings.find(({ id }) => id === recording)?.name ?? recording}`,
    cluster === null ? '' : `cluster ${cluster}`,
    q ? `filter ${q}` : 'no filter',
  ]
  return (
    <div className="hidden border-b border-line pb-2 print:block">
      <p className="text-xl font-semibold">{title}</p>
      <p className="text-fg-2">{facts.filter(Boolean).join(' · ')}</p>
      {isPrinting &&
        partialSentences(concerned(data?.sources, recording), gaps, now).map((sentence) => (
          <p key={sentence} className="text-fg-2">
            Partial data: {sentence}.
          </p>
        ))}
    </div>
  )
}
