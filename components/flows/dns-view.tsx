'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect } from 'react'
import { type DnsLookup, type DnsLookups } from '@/core/flows/dns-lookups'
import { endpointLabel } from '@/core/endpoint'
import { flowFacetTerm } from '@/core/flows/flow-facets'
import { formatWhen, plural } from '../format'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { SkeletonRows } from '../ui/skeleton'
import { Table } from '../ui/table'
import { dnsColumns } from './dns-columns'
import { flowsPath } from './flow-facts'
import { dnsLookupsQuery } from './queries'
import type { useFlowsState } from './use-flows-state'

const keyOf = (row: DnsLookup) => row.id

type Props = {
  state: ReturnType<typeof useFlowsState>
  /** Told where the data ends. */
  onNewest: (time: number | null) => void
}

/** Which names are looked up, by whom, and which of them do not exist? */
export function DnsView({ state, onNewest }: Props) {
  const { data, error, refetch } = useQuery(dnsLookupsQuery(state.asked))
  // Links that were frozen before answers told their window have none.
  const newest = data?.window?.to ?? null
  useEffect(() => onNewest(newest), [newest, onNewest])
  const router = useRouter()
  const search = useKeptSearch()
  const onOpen = useCallback(
    ({ client, name }: DnsLookup) => {
      const terms = [flowFacetTerm('from', endpointLabel(client)), flowFacetTerm('protocol', 'dns')]
      router.push(flowsPath(search, terms, encodeURIComponent(` "${name.replaceAll(/["\\]/g, '')}"`)))
    },
    [router, search],
  )
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data)
    return (
      <div className="flex-1">
        <SkeletonRows rows={16} label="Loading names" />
      </div>
    )
  if (data.names.length === 0)
    return (
      <div className="flex-1">
        <EmptyState
          title={state.filtered ? 'No name matches the filters' : 'No DNS answer was seen in this time range'}
          actions={state.filtered && <Button onClick={state.clear}>Clear the filters</Button>}
        >
          {state.filtered
            ? 'Names that others look up may be there.'
            : 'Hubble tells names where a policy lets its DNS proxy read them; see Sources for how to turn that on.'}
        </EmptyState>
      </div>
    )
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <p className="shrink-0 border-b border-line px-4 py-2 text-xs text-fg-2">{dnsWords(data)}</p>
      <Table label="DNS names" columns={dnsColumns} rows={data.names} rowKey={keyOf} onOpen={onOpen} rowHeight={28} />
    </div>
  )
}

/** What the table counts, and what it leaves out, in sentences. */
export function dnsWords({ names, more, folded, records, readTo }: DnsLookups): string {
  const since = readTo === null ? 'of this time range' : `back to ${formatWhen(readTo)} at the earliest`
  const counted = `${plural(names.length + more, 'name')} in ${plural(records, 'answer')} ${since}, of the raw records that are kept.`
  const noise =
    folded === 0
      ? ''
      : ` ${plural(folded, 'answer')} said that a name with a search domain behind it does not exist (ndots): tries, no errors, and counted beside the name that was meant.`
  return counted + noise
}
