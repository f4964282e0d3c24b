import { type Endpoint, endpointLabel } from '@/core/endpoint'
import type { FlowRow } from '@/core/flow-row'
import { formatMs, formatWhen, needsDate } from '../format'
import { sourceName } from '../source-names'
import { encryptionStatus, StatusMark, verdictStatus } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import type { Column } from '../ui/table-head'
import { Value } from '../value'

const keptOfName = 8

/** An endpoint in a cell; a long name loses its middle, namespace and port stay. */
const End = ({ endpoint, port }: { endpoint: Endpoint; port?: number }) => (
  <span className="flex font-mono text-xs" title={endpointLabel(endpoint)}>
    {endpoint.namespace && <span className="max-w-1/2 shrink-0 truncate text-fg-3">{endpoint.namespace}/</span>}
    <MiddleText
      text={port ? `${endpoint.name}:${port}` : endpoint.name}
      kept={port ? keptOfName + String(port).length : undefined}
      title={undefined}
    />
  </span>
)

/** The application protocol where there is one, else the transport. */
export const protocolWord = (row: Pick<FlowRow, 'l7' | 'protocol'>): string =>
  row.l7 === 'none' || row.l7 === 'unknown' ? row.protocol : row.l7

const rcodes: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
}

/** A status as its protocol writes it: DNS by name, others by number. */
export const statusWord = (l7: FlowRow['l7'], status: number): string =>
  l7 === 'dns' ? (rcodes[status] ?? `rcode ${status}`) : String(status)

const columns: readonly Column<FlowRow>[] = [
  {
    id: 'time',
    title: 'Time',
    width: 100,
    cell: (row) => <span className="font-mono text-xs">{formatWhen(row.time, 'ms')}</span>,
  },
  {
    id: 'verdict',
    title: 'Verdict',
    width: 96,
    cell: (row) => <StatusMark status={verdictStatus[row.verdict]} label={row.verdict} showLabel />,
  },
  { id: 'from', title: 'From', width: 170, grow: true, cell: (row) => <End endpoint={row.from} /> },
  { id: 'to', title: 'To', width: 190, grow: true, cell: (row) => <End endpoint={row.to} port={row.port} /> },
  {
    id: 'protocol',
    title: 'Protocol',
    width: 66,
    cell: (row) => <span className="text-fg-2">{protocolWord(row)}</span>,
  },
  {
    id: 'summary',
    title: 'What',
    width: 170,
    grow: true,
    cell: (row) => (
      <span className="block truncate font-mono text-xs" title={row.summary}>
        {row.reason && <span className="text-fg">{row.reason} </span>}
        <span className="text-fg-2">{row.summary}</span>
      </span>
    ),
  },
  {
    id: 'status',
    title: 'Status',
    width: 80,
    align: 'right',
    cell: (row) => <Value text={row.status === null ? '' : statusWord(row.l7, row.status)} />,
  },
  {
    id: 'latency',
    title: 'Latency',
    width: 68,
    align: 'right',
    cell: (row) => <Value text={row.latencyMs === null ? '' : formatMs(row.latencyMs)} />,
  },
  {
    id: 'source',
    title: 'Told by',
    width: 110,
    cell: (row) => (
      <span className="block truncate text-fg-2" title={`${sourceName(row.source)} ${row.reporter}`}>
        {sourceName(row.source)}
      </span>
    ),
  },
  {
    id: 'encryption',
    title: 'Encryption',
    width: 96,
    cell: (row) =>
      row.encryption === 'unknown' ? (
        <Value text="–" />
      ) : (
        <StatusMark status={encryptionStatus(row.encryption)} label={row.encryption} showLabel />
      ),
  },
]

const datedWidth = 184

const datedColumns = columns.map((column) => (column.id === 'time' ? { ...column, width: datedWidth } : column))

/** The columns of the flow table; times have room for their date where a row is not of today. */
export const columnsFor = (rows: readonly Pick<FlowRow, 'time'>[]): readonly Column<FlowRow>[] =>
  rows.some(({ time }) => needsDate(time)) ? datedColumns : columns
