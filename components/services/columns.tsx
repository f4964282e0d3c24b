import type { ServiceRow } from '@/core/service-row'
import { formatChange, formatCount, formatMs, formatPercent, formatRate } from '../format'
import { healthStatus, StatusMark } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import { Sparkline } from '../ui/sparkline'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import type { Line } from './sort-services'

const figure = (
  id: string,
  title: string,
  width: number,
  text: (row: ServiceRow) => string,
  more: Partial<Column<ServiceRow>> = {},
): Column<ServiceRow> => ({
  id,
  title,
  width,
  align: 'right',
  sortable: true,
  cell: (row) => <Value text={text(row)} />,
  ...more,
})

const spark = (
  id: string,
  title: string,
  values: (row: ServiceRow) => readonly (number | null)[],
  colour: (row: ServiceRow) => string,
): Column<ServiceRow> => ({
  id,
  title,
  head: '',
  width: 66,
  max: 150,
  cell: (row) => <Sparkline values={values(row)} label={`${title} of ${row.name}`} className={colour(row)} />,
})

const rowColumns: readonly Column<ServiceRow>[] = [
  {
    id: 'service',
    title: 'Service',
    width: 200,
    grow: true,
    sortable: true,
    cell: (row) => (
      <span
        className="flex items-center gap-2"
        title={`${row.cluster} ${row.kind} ${row.namespace}/${row.name}${row.why ? `\n${row.why}` : ''}`}
      >
        <StatusMark status={healthStatus[row.health]} label={row.why || row.health} />
        <MiddleText text={row.name} title={undefined} />
        <span className="max-w-1/2 shrink-0 truncate text-xs text-fg-3">{row.namespace || 'outside'}</span>
      </span>
    ),
  },
  figure('rate', 'Requests', 72, (row) => formatRate(row.figures?.requestRate)),
  spark(
    'rate-spark',
    'Requests over time',
    (row) => row.requestSpark,
    () => 'text-fg-3',
  ),
  figure('change', 'Change', 58, (row) => formatChange(row.figures?.requestRate, row.previous?.requestRate), {
    title: 'Change of requests against the period before',
    head: 'Change',
  }),
  figure('errors', 'Errors', 66, (row) => formatPercent(row.figures?.errorRatio)),
  spark(
    'errors-spark',
    'Errors over time',
    (row) => row.errorSpark,
    (row) => (row.health === 'failing' ? 'text-bad' : 'text-fg-3'),
  ),
  figure('p50', 'p50', 62, (row) => formatMs(row.figures?.p50)),
  figure('p95', 'p95', 64, (row) => formatMs(row.figures?.p95)),
  spark(
    'p95-spark',
    'p95 over time',
    (row) => row.p95Spark,
    () => 'text-fg-3',
  ),
  figure('p99', 'p99', 62, (row) => formatMs(row.figures?.p99)),
  figure('flows', 'Flows', 72, (row) => formatRate(row.figures?.flowRate)),
  figure('callers', 'Callers', 58, (row) => formatCount(row.callers)),
  figure('callees', 'Callees', 60, (row) => formatCount(row.callees)),
  figure('pods', 'Pods', 48, (row) => formatCount(row.pods)),
]

/** The columns of the services table. */
export const columns: readonly Column<Line>[] = rowColumns.map((column) => ({
  ...column,
  cell: (line) => (line.type === 'service' ? column.cell(line.row) : null),
}))
