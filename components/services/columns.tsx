import type { Figures } from '@/core/figures/figures'
import type { ServiceRow } from '@/core/services/service-row'
import { defaultTolerance } from '@/core/health/tolerances'
import { boundsWords } from '../encryption-words'
import { differenceLook, differenceWords } from '../compare/difference-words'
import { dash, formatChange, formatCount, formatMs, formatPercent, formatRate } from '../format'
import { StatusMark } from '../status-mark'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { type ChartName, ServiceChart } from './service-chart'
import { ServiceName, ServiceWhy } from './service-name'
import type { Line } from './sort-services'

type RowColumn = Column<ServiceRow>

const text = (
  id: string,
  title: string,
  width: number,
  of: (row: ServiceRow) => string,
  more: Partial<RowColumn> = {},
): RowColumn => ({ id, title, width, align: 'right', sortable: true, cell: (row) => <Value text={of(row)} />, ...more })

const spark = (
  id: string,
  title: string,
  name: ChartName,
  look: {
    readonly of?: (row: ServiceRow) => string
    readonly colour?: (row: ServiceRow) => string
    readonly least?: number
  } = {},
): RowColumn => ({
  id,
  title,
  head: '',
  width: 52,
  max: 96,
  cell: (row) => (
    <ServiceChart
      row={row}
      name={name}
      label={`${look.of?.(row) ?? title} of ${row.name}`}
      least={look.least}
      className={look.colour?.(row)}
    />
  ),
})

/** As core/series/build-series.ts draws it: where no request is known, what passed is counted in flows. */
const countedOverTime = ({ figures }: ServiceRow) => `${figures?.requests ? 'Requests' : 'Flows'} over time`

/** What a figure was in the window that is compared with. */
const was = (id: string, title: string, of: (figures: Figures | null) => string): RowColumn =>
  text(`${id}-was`, `${title} before`, 58, (row) => of(row.previous), {
    sortable: false,
    head: 'was',
    cell: (row) => (
      <span className="text-fg-3">
        <Value text={of(row.previous)} />
      </span>
    ),
  })

const rate = (figures: Figures | null) => formatRate(figures?.requestRate)
const errors = (figures: Figures | null) => formatPercent(figures?.errorRatio)
const p95 = (figures: Figures | null) => formatMs(figures?.p95)

const NotRecorded = () => <span className="text-xs text-fg-3">not recorded</span>

/** A column that can be chosen. `chart` goes beside it, `was` in its place while windows are compared. */
type Choice = {
  readonly column: RowColumn
  readonly chart?: RowColumn
  readonly was?: RowColumn
  readonly usual: boolean
}

const name: RowColumn = {
  id: 'service',
  title: 'Service',
  width: 205,
  max: 320,
  sortable: true,
  cell: (row) => <ServiceName row={row} />,
}

const choices: readonly Choice[] = [
  {
    column: {
      id: 'why',
      title: 'Why it is unwell',
      head: 'Why',
      width: 110,
      grow: true,
      cell: (row) => <ServiceWhy row={row} />,
    },
    usual: true,
  },
  {
    column: text('rate', 'Requests', 72, ({ figures }) => rate(figures)),
    chart: spark('rate-spark', 'Requests over time', 'requestSpark', { of: countedOverTime }),
    was: was('rate', 'Requests', rate),
    usual: true,
  },
  {
    column: text(
      'change',
      'Change of requests against before',
      58,
      ({ figures, previous }) => formatChange(figures?.requestRate, previous?.requestRate),
      { head: 'Change' },
    ),
    usual: true,
  },
  {
    column: text('errors', 'Errors', 66, ({ figures }) => errors(figures)),
    chart: spark('errors-spark', 'Errors over time', 'errorSpark', {
      colour: ({ health }) => (health === 'failing' ? 'text-bad' : 'text-fg-3'),
      least: defaultTolerance.errors.failing,
    }),
    was: was('errors', 'Errors', errors),
    usual: true,
  },
  { column: text('p50', 'p50', 66, ({ figures }) => formatMs(figures?.p50)), usual: true },
  {
    column: text('p95', 'p95', 66, ({ figures }) => p95(figures)),
    chart: spark('p95-spark', 'p95 over time', 'p95Spark'),
    was: was('p95', 'p95', p95),
    usual: true,
  },
  { column: text('p99', 'p99', 66, ({ figures }) => formatMs(figures?.p99)), usual: true },
  {
    column: text(
      'encrypted',
      'Share of what comes in that is encrypted',
      92,
      ({ encrypted }) => boundsWords(encrypted),
      {
        head: 'Encrypted',
      },
    ),
    usual: true,
  },
  {
    column: text('policies', 'NetworkPolicies that select it', 64, ({ policies }) => formatCount(policies?.length), {
      head: 'Policies',
      cell: (row) => (
        <span title={row.policies?.join(', ')}>
          {row.policies?.length === 0 ? 'none' : <Value text={formatCount(row.policies?.length)} />}
        </span>
      ),
    }),
    usual: true,
  },
  { column: text('pods', 'Pods', 48, (row) => formatCount(row.pods)), usual: true },
  { column: text('flows', 'Flows', 72, ({ figures }) => formatRate(figures?.flowRate)), usual: false },
  { column: text('callers', 'Callers', 58, (row) => formatCount(row.callers)), usual: false },
  { column: text('callees', 'Callees', 60, (row) => formatCount(row.callees)), usual: false },
  { column: text('team', 'Team', 96, ({ team }) => team ?? dash, { align: 'left' }), usual: false },
  { column: text('kind', 'Kind', 96, (row) => row.kind, { align: 'left' }), usual: false },
]

const differs: RowColumn = {
  id: 'differs',
  title: 'What differs from before',
  head: 'Differs',
  width: 130,
  grow: true,
  sortable: true,
  cell: ({ differences: [worst, ...rest], figures, previous }) =>
    worst ? (
      <StatusMark status={differenceLook[worst].status} label={differenceWords([worst, ...rest])} showLabel />
    ) : (
      <span className="text-xs text-fg-3">{figures && previous ? 'as before' : 'cannot be compared'}</span>
    ),
}

/** Ids and names of the columns that can be chosen, in the order of the table. */
export const columnChoices = choices.map(({ column, usual }) => ({ id: column.id, title: column.title, usual }))

export const usualColumns: readonly string[] = columnChoices.filter(({ usual }) => usual).map(({ id }) => id)

/** What the usual table does without where the window is narrow: the last first. */
const yielding: ReadonlySet<string> = new Set(['rate-spark', 'change', 'errors-spark', 'p50', 'p95-spark', 'p99'])

/** The columns of the table. While windows are compared, what differs stands where the reasons are, and figures of before where the small charts are. */
export function columnsOf(chosen: readonly string[], comparing: boolean, recorded = true): readonly Column<Line>[] {
  const shown = choices.filter(({ column: { id } }) => chosen.includes(id) && !(comparing && id === 'why'))
  const columns = shown.flatMap(({ column, chart, was }) => [
    column,
    ...[comparing ? was : chart].filter((each) => each !== undefined),
  ])
  // Who chose columns gets all of them.
  const yields = chosen === usualColumns && !comparing
  return [name, ...(comparing ? [differs] : []), ...columns].map((column) => ({
    ...column,
    yields: yields && yielding.has(column.id),
    cell: (line) =>
      line.type !== 'service' ? null : column.id === 'why' && !recorded ? <NotRecorded /> : column.cell(line.row),
  }))
}
