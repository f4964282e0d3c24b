import { type Endpoint, endpointLabel } from '@/core/endpoint'
import type { FlowRow } from '@/core/flows/flow-row'
import { isOutside, outside } from '@/core/redact'
import { statusWord } from '@/core/flows/status-word'
import { formatMs } from '../format'
import { sourceName } from '@/core/sources/source-name'
import { encryptionStatus, StatusMark, verdictStatus } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { isOtherDay, recordTime, type Zone } from './when'

const keptOfName = 8

/** A namespace yields to the name that is behind it, down to a third of the cell. */
const leastOf = (namespace: string) => `min(33%, ${namespace.length + 1}ch)`

/** An endpoint in a cell; a long name loses its middle, its port stays. What stands for many is no name. */
export const End = ({ endpoint, port }: { endpoint: Endpoint; port?: number }) =>
  isOutside(endpoint) ? (
    <span className="block truncate text-xs text-fg-2" title={outside.name}>
      outside scope{port ? <span className="font-mono">:{port}</span> : null}
    </span>
  ) : (
    <span className="flex font-mono text-xs" title={endpointLabel(endpoint)}>
      {endpoint.namespace && (
        <span className="flex shrink-[999] text-fg-3" style={{ minWidth: leastOf(endpoint.namespace) }}>
          <span className="truncate">{endpoint.namespace}</span>/
        </span>
      )}
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

const text = (value: string, mono = false) => (
  <span className={`block truncate text-fg-2 ${mono ? 'font-mono text-xs' : ''}`} title={value}>
    {value}
  </span>
)

const timeWidth = { time: 100, dated: 184 } as const

/** Every column that there is; which are shown, and in which order, the viewer chooses. */
export const columnIds = [
  'time',
  'verdict',
  'from',
  'to',
  'protocol',
  'summary',
  'status',
  'latency',
  'source',
  'encryption',
  'reason',
  'reporter',
  'sourcePort',
  'cluster',
] as const
export type ColumnId = (typeof columnIds)[number]

export const defaultColumns: readonly ColumnId[] = columnIds.slice(0, 10)

type Definition = Omit<Column<FlowRow>, 'id'>

const definitions: Readonly<Record<Exclude<ColumnId, 'time'>, Definition>> = {
  verdict: {
    title: 'Verdict',
    width: 94,
    cell: (row) => <StatusMark status={verdictStatus[row.verdict]} label={row.verdict} showLabel />,
  },
  from: { title: 'From', width: 140, grow: true, cell: (row) => <End endpoint={row.from} /> },
  to: { title: 'To', width: 146, grow: true, cell: (row) => <End endpoint={row.to} port={row.port} /> },
  protocol: {
    title: 'Protocol',
    width: 66,
    yields: 2,
    cell: (row) => <span className="text-fg-2">{protocolWord(row)}</span>,
  },
  summary: {
    title: 'What',
    width: 130,
    grow: true,
    yields: 1,
    cell: (row) => (
      <span className="block truncate font-mono text-xs" title={row.summary}>
        {row.reason && <span className="text-fg">{row.reason} </span>}
        <span className="text-fg-2">{row.summary}</span>
      </span>
    ),
  },
  status: {
    title: 'Status',
    width: 86,
    yields: 2,
    align: 'right',
    cell: (row) => {
      const word = row.status === null ? '' : statusWord(row.l7, row.status)
      return (
        <span className="block truncate" title={word}>
          <Value text={word} />
        </span>
      )
    },
  },
  latency: {
    title: 'Latency',
    width: 68,
    yields: 2,
    align: 'right',
    cell: (row) => <Value text={row.latencyMs === null ? '' : formatMs(row.latencyMs)} />,
  },
  source: {
    title: 'Told by',
    width: 98,
    yields: 2,
    cell: (row) => (
      <span className="block truncate text-fg-2" title={`${sourceName(row.source)} ${row.reporter}`}>
        {sourceName(row.source)}
      </span>
    ),
  },
  encryption: {
    title: 'Encryption',
    width: 96,
    yields: 2,
    cell: (row) =>
      row.encryption === 'unknown' ? (
        <Value text="–" />
      ) : (
        <StatusMark status={encryptionStatus(row.encryption)} label={row.encryption} showLabel />
      ),
  },
  reason: { title: 'Reason', width: 160, cell: (row) => text(row.reason, true) },
  reporter: { title: 'Reporter', width: 96, cell: (row) => text(row.reporter === 'unknown' ? '' : row.reporter) },
  sourcePort: {
    title: 'Source port',
    width: 84,
    align: 'right',
    cell: (row) => <Value text={row.sourcePort === 0 ? '' : String(row.sourcePort)} />,
  },
  cluster: {
    title: 'Cluster',
    width: 120,
    // What lies outside of a scope is of no cluster.
    cell: ({ from, to }) => text([...new Set([from.cluster, to.cluster].filter(Boolean))].join(' → ')),
  },
}

export const columnTitle = (id: ColumnId): string => (id === 'time' ? 'Time' : definitions[id].title)

const timeColumn = (zone: Zone, dated: boolean): Column<FlowRow> => ({
  id: 'time',
  title: zone === 'utc' ? 'Time (UTC)' : 'Time',
  width: dated ? timeWidth.dated : timeWidth.time,
  cell: (row) => <span className="font-mono text-xs">{recordTime(row.time, zone)}</span>,
})

/** The chosen columns of the flow table; times have room for their date where a row is not of today. Of the usual ones some yield where the window is narrow; who chose columns gets all of them. */
export function columnsFor(
  rows: readonly Pick<FlowRow, 'time'>[],
  chosen: readonly ColumnId[] = defaultColumns,
  zone: Zone = 'local',
): readonly Column<FlowRow>[] {
  const now = Date.now()
  const dated = rows.some(({ time }) => isOtherDay(time, zone, now))
  return chosen.map((id) => {
    const column: Column<FlowRow> = id === 'time' ? timeColumn(zone, dated) : { id, ...definitions[id] }
    // What room there is more goes to names and summaries.
    return { ...column, yields: chosen === defaultColumns && column.yields, max: column.width }
  })
}
