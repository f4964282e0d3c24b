import { csvLine } from '../../text/csv'
import { refKey } from '../normal-form'
import type { AuditedChange } from './audited-change'

const time = (at: number | null) => (at === null ? '' : new Date(at).toISOString())

type Column = readonly [name: string, of: (change: AuditedChange) => string | number | null]

const columns: readonly Column[] = [
  ['change', ({ id }) => id],
  ['plan', ({ plan }) => plan],
  ['at', ({ at }) => time(at)],
  ['completed', ({ completedAt }) => time(completedAt)],
  ['by', ({ by }) => by],
  ['acted as', ({ actedAs }) => (actedAs ? [actedAs.user, ...actedAs.groups].join(' ') : '')],
  ['from', ({ from }) => from],
  ['request', ({ requestId }) => requestId],
  ['cluster', ({ cluster }) => cluster],
  ['object', ({ ref }) => refKey(ref)],
  ['what', ({ change }) => change],
  ['state', ({ state }) => state],
  ['error', ({ error }) => error],
  ['fields', ({ fields }) => fields.join(' ')],
  ['warnings', ({ warnings }) => warnings.join(' ')],
  ['taken from', ({ tookOver }) => tookOver.join(' ')],
  ['overrode', ({ overrode }) => overrode?.type ?? ''],
  ['draft', ({ draft }) => draft],
  ['reason', ({ reason }) => reason],
  ['undo of', ({ undoOf }) => undoOf],
  ['undone by', ({ undoneBy }) => undoneBy?.change ?? null],
]

/** Names of the columns of the audit as CSV. */
export const auditCsvHead: string = csvLine(columns.map(([name]) => name))

/** A change of the audit as a line of CSV; times are ISO 8601. */
export const auditCsvLine = (change: AuditedChange): string => csvLine(columns.map(([, of]) => of(change)))
