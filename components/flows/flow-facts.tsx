'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { type Endpoint, endpointKey, endpointLabel, endpointType } from '@/core/endpoint'
import type { FilterTerm } from '@/core/filter/filter-ast'
import { serialiseFilter } from '@/core/filter/filter-serialise'
import { type FlowFacetId, flowFacetTerm, flowFacetValues } from '@/core/flows/flow-facets'
import type { FlowDetail } from '@/core/flows/flow-row'
import { statusWord } from '@/core/flows/status-word'
import type { Hop } from '@/core/verdict'
import { formatDateTime, formatMs } from '../format'
import { servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { sourceName } from '@/core/sources/source-name'
import { encryptionStatus, StatusMark, verdictStatus } from '../status-mark'
import { buttonClass } from '../ui/button'
import { protocolWord } from './columns'
import { FilterValue } from './filter-value'

const hopWords: Readonly<Record<Exclude<Hop, 'unknown'>, string>> = {
  'same-node': 'never left its node',
  wireguard: 'WireGuard, both nodes have keys',
  ipsec: 'IPsec, both nodes have keys',
  open: 'no tunnel',
}

/** What Oriel made of the record, each value a filter, and where to go from it. */
export function FlowFacts({ flow }: { flow: FlowDetail }) {
  const search = useKeptSearch()
  const joint = search ? '&' : '?'
  const edge = `${endpointKey(flow.from)}|${endpointKey(flow.to)}|${flow.port}|${flow.protocol}`
  const term = (id: FlowFacetId): FilterTerm | null => {
    const value = flowFacetValues(id, { ...flow, id: 0 }, flow, flow.status).at(-1)?.value
    return value === undefined ? null : flowFacetTerm(id, value)
  }
  const status: FilterTerm | null =
    flow.status === null ? null : { type: 'term', field: 'status', op: '=', value: String(flow.status) }
  return (
    <>
      <p className="pt-3 text-lg font-semibold break-words">
        {flow.from.name} → {flow.to.name}
      </p>
      {flow.summary && <p className="pt-0.5 font-mono text-xs break-all text-fg-2">{flow.summary}</p>}
      <dl className="pt-2">
        <Fact name="Verdict">
          <FilterValue term={term('verdict')}>
            <StatusMark status={verdictStatus[flow.verdict]} label={flow.verdict} showLabel />
          </FilterValue>
        </Fact>
        {flow.reason && (
          <Fact name="Reason">
            <FilterValue term={term('reason')}>
              <span className="font-mono text-xs">{flow.reason}</span>
            </FilterValue>
          </Fact>
        )}
        <Fact name="Time">{formatDateTime(flow.time, 'ms')}</Fact>
        <Fact name="From">
          <Party endpoint={flow.from} port={flow.sourcePort} term={term('from')} search={search} />
        </Fact>
        <Fact name="To">
          <Party endpoint={flow.to} port={0} term={term('to')} search={search} />
        </Fact>
        {flow.port > 0 && (
          <Fact name="Port">
            <FilterValue term={term('port')}>
              <span className="font-mono text-xs">{flow.port}</span>
            </FilterValue>
          </Fact>
        )}
        <Fact name="Protocol">
          <FilterValue term={term('protocol')}>
            {protocolWord(flow) === flow.protocol ? flow.protocol : `${protocolWord(flow)} over ${flow.protocol}`}
          </FilterValue>
        </Fact>
        {flow.status !== null && (
          <Fact name="Status">
            <FilterValue term={status}>{statusWord(flow.l7, flow.status)}</FilterValue>
          </Fact>
        )}
        {flow.latencyMs !== null && <Fact name="Latency">{formatMs(flow.latencyMs)}</Fact>}
        <Fact name="Encryption">
          <FilterValue term={term('encryption')}>
            {flow.encryption === 'unknown' ? (
              <span className="text-fg-3">no evidence</span>
            ) : (
              <StatusMark status={encryptionStatus(flow.encryption)} label={flow.encryption} showLabel />
            )}
          </FilterValue>
        </Fact>
        {flow.hop !== 'unknown' && <Fact name="Between nodes">{hopWords[flow.hop]}</Fact>}
        <Fact name="Seen by">
          <FilterValue term={term('source')}>{sourceName(flow.source)}</FilterValue>
          {flow.reporter !== 'unknown' && <span className="text-fg-3"> at the {flow.reporter}</span>}
        </Fact>
      </dl>
      <div className="flex flex-wrap gap-2 pt-3">
        <Link className={buttonClass('primary')} href={`/${search}${joint}sel=${encodeURIComponent(edge)}`}>
          Show on the map
        </Link>
        <Link className={buttonClass()} href={flowsPath(search, pairTerms(flow))}>
          Flows of this pair
        </Link>
        {flow.reason && (
          <Link className={buttonClass()} href={flowsPath(search, [...pairTerms(flow), term('reason')])}>
            Same cause
          </Link>
        )}
      </div>
    </>
  )
}

const pairTerms = ({ from, to }: FlowDetail): readonly FilterTerm[] => [
  flowFacetTerm('from', endpointLabel(from)),
  flowFacetTerm('to', endpointLabel(to)),
]

/** The flow table with these terms, in the time range and cluster at hand. */
export function flowsPath(search: string, terms: readonly (FilterTerm | null)[], more = ''): string {
  const q = terms.flatMap((term) => (term ? [serialiseFilter(term)] : [])).join(' ')
  return `/flows${search}${search ? '&' : '?'}q=${encodeURIComponent(q)}${more}`
}

function Party({
  endpoint,
  port,
  term,
  search,
}: {
  endpoint: Endpoint
  port: number
  term: FilterTerm | null
  search: string
}) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <FilterValue term={term}>
        <span className="font-mono text-xs break-all">
          {endpointLabel(endpoint)}
          {port > 0 && <span className="text-fg-3">:{port}</span>}
        </span>
      </FilterValue>
      {endpointType(endpoint) === 'workload' && (
        <Link
          href={`${servicePath(endpoint)}${search}`}
          className="inline-flex h-6 shrink-0 items-center text-xs text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg"
          aria-label={`Open ${endpointLabel(endpoint)}`}
        >
          Open
        </Link>
      )}
    </span>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-h-7 items-center justify-between gap-4 border-b border-line py-1">
    <dt className="shrink-0 text-fg-2">{name}</dt>
    <dd className="min-w-0 text-right break-words">{children}</dd>
  </div>
)
