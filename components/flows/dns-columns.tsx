import type { DnsLookup } from '@/core/flows/dns-lookups'
import { statusWord } from '@/core/flows/status-word'
import { formatCount, formatMs, formatPercent } from '../format'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { End } from './columns'

/** Where more than this share of answers says that there is no such name, the share is marked. */
const many = 0.05

/** The columns of the table of names. */
export const dnsColumns: readonly Column<DnsLookup>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 190,
    grow: true,
    cell: ({ name }) => (
      <span className="block truncate font-mono text-xs" title={name}>
        {name}
      </span>
    ),
  },
  { id: 'client', title: 'Looked up by', width: 140, grow: true, cell: ({ client }) => <End endpoint={client} /> },
  {
    id: 'types',
    title: 'Types',
    width: 72,
    cell: ({ types }) => (
      <span className="block truncate text-fg-2" title={types.join(', ')}>
        {types.join(', ')}
      </span>
    ),
  },
  {
    id: 'answers',
    title: 'Answers',
    width: 74,
    align: 'right',
    cell: ({ answers }) => <Value text={formatCount(answers)} />,
  },
  {
    id: 'codes',
    title: 'Codes',
    width: 140,
    cell: ({ rcodes }) => {
      const text = rcodes.map(({ rcode, count }) => `${statusWord('dns', rcode)} ${formatCount(count)}`).join(', ')
      return (
        <span className="block truncate text-xs text-fg-2" title={text}>
          {text}
        </span>
      )
    },
  },
  {
    id: 'nxdomain',
    title: 'NXDOMAIN',
    width: 88,
    align: 'right',
    cell: ({ nxdomainShare }) => (
      <span className={nxdomainShare > many ? 'font-semibold' : 'text-fg-3'}>{formatPercent(nxdomainShare)}</span>
    ),
  },
  { id: 'p95', title: 'p95', width: 64, align: 'right', cell: ({ p95 }) => <Value text={formatMs(p95)} /> },
  {
    id: 'folded',
    title: 'Search tries',
    width: 92,
    yields: true,
    align: 'right',
    cell: ({ folded }) => <span className="text-fg-3">{folded > 0 ? formatCount(folded) : ''}</span>,
  },
]
