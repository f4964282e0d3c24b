import { csvLine } from '../text/csv'
import type { AuditEntryDetail } from './entry'

/** How the audit is written for other tools. */
export const auditFormats = ['csv', 'jsonl'] as const
export type AuditFormat = (typeof auditFormats)[number]

/** A writer of entries: what stands first, each entry, and what stands last where entries were left out. */
export type AuditText = {
  readonly type: string
  readonly head: string
  readonly line: (detail: AuditEntryDetail) => string
  readonly cut: (words: string) => string
}

type Column = readonly [name: string, of: (detail: AuditEntryDetail) => string | number | null]

const json = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value))
const iso = (at: number): string => new Date(at).toISOString()

const columns: readonly Column[] = [
  ['id', ({ entry }) => entry.id],
  ['at', ({ entry }) => iso(entry.at)],
  ['account', ({ entry }) => entry.account],
  ['name', ({ entry }) => entry.name],
  ['by', ({ entry }) => entry.by],
  ['by_id', ({ byId }) => byId],
  ['action', ({ entry }) => entry.action],
  ['result', ({ entry }) => entry.result],
  ['target', ({ entry }) => entry.target],
  ['cluster', ({ entry }) => entry.cluster],
  ['namespace', ({ entry }) => entry.namespace],
  ['reason', ({ entry }) => entry.reason],
  ['count', ({ entry }) => entry.count],
  ['address', ({ entry }) => entry.from],
  ['agent', ({ agent }) => agent],
  ['request', ({ entry }) => entry.requestId],
  ['plan', ({ policy }) => policy?.plan ?? null],
  ['acted_as', ({ policy }) => [policy?.actedAs?.user, ...(policy?.actedAs?.groups ?? [])].join(' ')],
  ['before', ({ before }) => json(before)],
  ['after', ({ after }) => json(after)],
  ['left_out', ({ cut }) => cut.join('; ')],
]

/** CSV whose cells no spreadsheet runs, or one JSON object a line. Times are ISO 8601. */
export const auditTexts: Readonly<Record<AuditFormat, AuditText>> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: csvLine(columns.map(([name]) => name)),
    line: (detail) => csvLine(columns.map(([, of]) => of(detail))),
    cut: (words) => csvLine([`# ${words}`]),
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line: ({ entry, ...rest }) => `${JSON.stringify({ ...entry, at: iso(entry.at), ...rest })}\n`,
    cut: (words) => `${JSON.stringify({ notice: words })}\n`,
  },
}
