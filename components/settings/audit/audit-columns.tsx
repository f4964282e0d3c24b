import { auditActions } from '@/core/audit/actions'
import type { AuditEntry } from '@/core/audit/entry'
import { formatCount, formatDateTime, formatWhen } from '../../format'
import { StatusMark } from '../../status-mark'
import type { Column } from '../../ui/table-head'
import { nameWords, placeWords, resultStatus, resultWords } from './audit-words'

const text = (value: string, look = '') => (
  <span className={`block truncate ${look}`} title={value}>
    {value}
  </span>
)

/** The columns of the audit; those that say most yield last. */
export const auditColumns: readonly Column<AuditEntry>[] = [
  {
    id: 'at',
    title: 'When',
    width: 144,
    cell: ({ at }) => (
      <span className="whitespace-nowrap text-fg-2 tabular-nums" title={formatDateTime(at, 'ms')}>
        {formatWhen(at)}
      </span>
    ),
  },
  {
    id: 'who',
    title: 'Who',
    width: 168,
    max: 220,
    cell: ({ name }) => text(nameWords(name), name === '' ? 'text-fg-3' : ''),
  },
  { id: 'action', title: 'What', width: 176, max: 280, cell: ({ action }) => text(auditActions[action]) },
  {
    id: 'result',
    title: 'Result',
    width: 96,
    cell: ({ result, count }) => (
      <span className="flex items-center gap-1.5">
        {resultStatus[result] === 'ok' ? (
          <span className="text-fg-3">{resultWords[result]}</span>
        ) : (
          <StatusMark status={resultStatus[result]} label={resultWords[result]} showLabel />
        )}
        {count > 1 && <span className="text-xs text-fg-3">× {formatCount(count)}</span>}
      </span>
    ),
  },
  { id: 'target', title: 'To what', width: 140, grow: true, cell: ({ target }) => text(target, 'text-fg-2') },
  {
    id: 'where',
    title: 'Where',
    width: 140,
    max: 220,
    yields: true,
    cell: (entry) => text(placeWords(entry), 'font-mono text-xs text-fg-2'),
  },
  {
    id: 'from',
    title: 'Address',
    width: 120,
    yields: true,
    cell: ({ from }) => text(from, 'font-mono text-xs text-fg-2'),
  },
  { id: 'reason', title: 'Why', width: 160, max: 320, yields: true, cell: ({ reason }) => text(reason, 'text-fg-2') },
]
