import type { OperationFigures } from '@/core/operations/operations'
import { formatCount, formatMs, formatPercent, formatRate } from '../format'
import { healthStatus, StatusMark } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { notTold, shortName } from './operation-words'

/** Columns of the table of operations; `head` names what the names are. `tight` leaves names what figures can spare. */
export const operationColumns = (head: string, tight = false): readonly Column<OperationFigures>[] => [
  { id: 'name', title: head, width: 120, grow: true, sortable: true, cell: name },
  figure('rate', 'Rate', tight ? 56 : 64, (row) =>
    row.requestRate === null ? countOf(row.responses) : formatRate(row.requestRate),
  ),
  { ...figure('errors', 'Errors', tight ? 60 : 72, () => ''), cell: errors },
  figure('p95', 'p95', tight ? 58 : 62, (row) => formatMs(row.p95)),
]

const countOf = (responses: number | null) => (responses === null ? formatRate(null) : formatCount(responses))

const figure = (
  id: string,
  title: string,
  width: number,
  text: (row: OperationFigures) => string,
): Column<OperationFigures> => ({
  id,
  title,
  width,
  align: 'right',
  sortable: true,
  cell: (row) => <Value text={text(row)} />,
})

const name = (row: OperationFigures) =>
  row.name === '' ? (
    <span className="text-fg-3" title="Requests that were seen, but of which nobody told what they asked for.">
      {notTold}
    </span>
  ) : (
    <MiddleText text={shortName(row)} title={row.name} className="font-mono text-xs" />
  )

/** The mark stands where something is wrong, and nowhere else. */
const errors = (row: OperationFigures) => (
  <span className="inline-flex items-center gap-1.5">
    {(row.health === 'failing' || row.health === 'degraded') && (
      <StatusMark status={healthStatus[row.health]} label={row.why || row.health} />
    )}
    <Value text={formatPercent(row.errorRatio)} />
  </span>
)
