'use client'

import { parseAsBoolean, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import type { DnsName } from '@/core/operations/operations'
import { formatMs, formatPercent, formatRate, plural } from '../format'
import { StatusMark } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import { TableHead, type Column } from '../ui/table-head'
import { Value } from '../value'
import { toldSentence } from './operation-words'
import { Nothing, OperationsPanel } from './panel'
import { type OperationsOf, useOperations } from './use-operations'

const shown = 12

/** What a service looks up in DNS, or what is looked up at a DNS server (`dir` `in`), and what it is told. */
export function DnsPanel({ sel, dir = 'out' }: Pick<OperationsOf, 'sel' | 'dir'>) {
  const query = useOperations({ sel, dir, l7: 'dns' })
  const title = dir === 'in' ? 'DNS: what it is asked' : 'DNS'
  const [all, setAll] = useQueryState('alldns', parseAsBoolean.withDefault(false))
  const names = useMemo(() => query.data?.dns ?? [], [query.data])
  const real = names.filter(({ search }) => !search)
  const rows = all ? names : real.slice(0, shown)
  return (
    <OperationsPanel title={title} note={toldSentence(query.data?.told.operations ?? [])} query={query} rows={3}>
      {names.length === 0 ? (
        <Nothing>No DNS lookups were seen in this time.</Nothing>
      ) : (
        <>
          <div className="px-1">
            <table
              aria-label={dir === 'in' ? 'Names that it is asked for' : 'Names looked up'}
              className="w-full table-fixed border-separate border-spacing-0"
            >
              <TableHead columns={columns} />
              <tbody>
                {rows.map((row) => (
                  <tr key={row.name} className="h-8">
                    {columns.map((column) => (
                      <td
                        key={column.id}
                        className={`overflow-hidden border-b border-line px-2.5 ${column.align === 'right' ? 'text-right' : ''}`}
                      >
                        {column.cell(row)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <SearchMisses names={names} />
          {names.length > Math.min(real.length, shown) && (
            <button
              type="button"
              onClick={() => void setAll(!all || null)}
              className="min-h-8 px-3.5 text-xs text-accent hover:underline"
            >
              {all ? 'Show fewer' : `Show all ${plural(names.length, 'name')}`}
            </button>
          )}
        </>
      )}
    </OperationsPanel>
  )
}

/** Names with a search domain behind them are not found as a rule, which is no fault of anybody. */
function SearchMisses({ names }: { names: readonly DnsName[] }) {
  const missed = names.filter(({ search }) => search)
  if (missed.length === 0) return null
  const share = sumOf(missed) / Math.max(1, sumOf(names))
  return (
    <p className="px-3.5 pt-2 pb-1 text-xs text-fg-2">
      {formatPercent(share)} of the lookups are of {plural(missed.length, 'name')} with a search domain behind, such as{' '}
      <span className="font-mono wrap-anywhere">{missed[0]?.name}</span>. With{' '}
      <span className="font-mono">ndots:5</span> resolvers try these first and are told NXDOMAIN: noise, nothing is
      broken. A dot at the end of the name, or lower ndots, saves them.
    </p>
  )
}

const sumOf = (names: readonly DnsName[]) =>
  names.reduce((sum, { requests, responses }) => sum + Math.max(requests ?? 0, responses ?? 0), 0)

const shareOf = ({ codes }: DnsName, wanted: (code: string) => boolean): number | null =>
  codes.length === 0 ? null : codes.reduce((sum, { code, share }) => sum + (wanted(code) ? share : 0), 0)

const notFound = (row: DnsName) => shareOf(row, (code) => code === 'NXDOMAIN')
const failed = (row: DnsName) => shareOf(row, (code) => !['NOERROR', 'NXDOMAIN', ''].includes(code))

const figure = (id: string, title: string, width: number, text: (row: DnsName) => string): Column<DnsName> => ({
  id,
  title,
  width,
  align: 'right',
  cell: (row) => <Value text={text(row)} />,
})

const columns: readonly Column<DnsName>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 120,
    grow: true,
    cell: (row) => (
      <span className="flex items-center gap-2">
        <MiddleText text={row.name} title={row.name} className="font-mono text-xs" />
        <span className="shrink-0 text-2xs text-fg-3">{row.types.join(' ')}</span>
        {row.search && <span className="shrink-0 text-2xs text-fg-3">search domain</span>}
      </span>
    ),
  },
  figure('rate', 'Rate', 64, (row) => formatRate(row.requestRate)),
  figure('nxdomain', 'NXDOMAIN', 80, (row) => formatPercent(notFound(row))),
  {
    ...figure('failed', 'Failed', 60, () => ''),
    cell: (row) => (
      <span className="inline-flex items-center gap-1.5">
        {(failed(row) ?? 0) > 0 && <StatusMark status="bad" label="The DNS server failed, for example SERVFAIL" />}
        <Value text={formatPercent(failed(row))} />
      </span>
    ),
  },
  figure('p95', 'p95', 60, (row) => formatMs(row.p95)),
]
