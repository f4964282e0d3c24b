'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect } from 'react'
import type { Denial } from '@/core/flows/denials'
import { endpointLabel } from '@/core/endpoint'
import { flowFacetTerm } from '@/core/flows/flow-facets'
import { formatCount, formatDuration, formatPort, formatWhen, plural } from '../format'
import { ErrorState } from '../shell/error-state'
import { useUntold } from '../shell/untold'
import { useKeptSearch } from '../shell/use-kept-search'
import { sourceName } from '@/core/sources/source-name'
import { StatusMark, verdictStatus } from '../status-mark'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { SkeletonRows } from '../ui/skeleton'
import { Sparkline } from '../ui/sparkline'
import { flowsPath } from './flow-facts'
import { denialCounts } from './denial-words'
import { denialsQuery } from './queries'
import type { useFlowsState } from './use-flows-state'

type Props = {
  state: ReturnType<typeof useFlowsState>
  onOpen: (id: string) => void
  /** Told where the data ends. */
  onNewest: (time: number | null) => void
}

/** Why was it denied, since when, and what to do? */
export function DeniedView({ state, onOpen, onNewest }: Props) {
  const { data, error, refetch } = useQuery(denialsQuery(state.asked))
  const untold = useUntold()
  // Links that were frozen before answers told their window have none.
  const newest = data?.window?.to ?? null
  useEffect(() => onNewest(newest), [newest, onNewest])
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data)
    return (
      <div className="flex-1">
        <SkeletonRows rows={12} label="Loading denials" />
      </div>
    )
  if (data.denials.length === 0)
    return (
      <div className="flex-1">
        <EmptyState
          title={
            untold !== null
              ? 'Nothing is known of this time'
              : state.filtered
                ? 'No denial matches the filters'
                : 'Nothing was denied in this time range'
          }
          actions={state.filtered && <Button onClick={state.clear}>Clear the filters</Button>}
        >
          {untold !== null
            ? untold
            : state.filtered
              ? 'Denials of other endpoints or causes may be there.'
              : 'No source told of a denied flow, nor of one that would be denied.'}
        </EmptyState>
      </div>
    )
  return (
    <section aria-label="Denials by cause" className="min-w-0 flex-1 overflow-y-auto">
      <p className="border-b border-line px-4 py-2 text-xs text-fg-2">
        {denialCounts(data.denials)} in this time range, by {plural(data.denials.length, 'cause')}
        {data.more > 0 && ` (and ${plural(data.more, 'rarer one')})`}. Each witness is counted for itself, so one denial
        that two saw is in two rows.
      </p>
      <ul>
        {data.denials.map((denial) => (
          <DenialItem key={denial.id} denial={denial} stepMs={data.stepMs} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  )
}

function DenialItem({ denial, stepMs, onOpen }: { denial: Denial; stepMs: number; onOpen: (id: string) => void }) {
  const search = useKeptSearch()
  const { from, to, record } = denial
  const name = `${endpointLabel(from)} to ${formatPort(to, denial.port)}`
  // Both are starts of steps.
  const precision = stepMs < 60_000 ? 's' : 'min'
  const staged = denial.cause.filter(({ outcome, text }) => outcome === 'staged' && text.startsWith('Would be allowed'))
  const causes = denial.cause.filter(({ outcome }) => outcome !== 'staged')
  const terms = [
    flowFacetTerm('from', endpointLabel(from)),
    flowFacetTerm('to', endpointLabel(to)),
    denial.reason ? flowFacetTerm('reason', denial.reason) : flowFacetTerm('verdict', denial.verdict),
  ]
  return (
    <li
      aria-label={name}
      className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-1 border-b border-line px-4 py-3"
    >
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <StatusMark status={verdictStatus[denial.verdict]} label={denial.verdict} showLabel />
        <span className="font-mono text-sm font-semibold break-all">{endpointLabel(from)}</span>
        <span aria-hidden="true" className="text-fg-3">
          →
        </span>
        <span className="font-mono text-sm font-semibold break-all">{formatPort(to, denial.port)}</span>
        <span className="text-xs text-fg-3">
          {denial.protocol} · {sourceName(denial.source)}
        </span>
      </div>
      <div className="row-span-2 w-40 text-right">
        <p className="text-lg font-semibold">{formatCount(denial.count)}</p>
        <Sparkline
          values={denial.spark}
          label={`Denials over time, ${formatDuration(stepMs)} each`}
          className="text-bad"
        />
        <p className="text-2xs text-fg-3">
          {formatWhen(denial.firstSeen, precision)} – {formatWhen(denial.lastSeen, precision)}
        </p>
      </div>
      <div className="min-w-0">
        {causes.map(({ text }) => (
          <p key={text}>{text}</p>
        ))}
        {staged.map(({ text }) => (
          <p key={text} className="flex gap-2">
            <StatusMark status="audit" label="staged" />
            {text}
          </p>
        ))}
        <p className="pt-0.5 text-fg-2">{denial.advice}</p>
        <div className="flex flex-wrap gap-2 pt-2">
          <Link className={buttonClass('plain', 'sm')} href={flowsPath(search, terms)}>
            Its flows
          </Link>
          {record !== null && (
            <Button size="sm" onClick={() => onOpen(record)}>
              Newest record
            </Button>
          )}
          {record === null && <span className="self-center text-xs text-fg-3">No record of it was found.</span>}
        </div>
      </div>
    </li>
  )
}
