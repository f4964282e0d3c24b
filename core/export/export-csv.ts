import { isFormula } from '../text/csv'
import { clean } from '../text/text'

/** A cell: text, a number, or null where nothing is known, which is an empty cell and never 0. */
export type Cell = string | number | boolean | null

const maxCell = 2_000

/**
 * A table as RFC 4180 writes it: CRLF, quotes doubled. Text that a spreadsheet would take for a formula
 * (`=`, `+`, `-`, `@` at its start) gets an apostrophe before it; control characters are left out.
 */
export const csv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'boolean') return String(cell)
  const visible = clean(cell, maxCell)
  const text = isFormula(visible) ? `'${visible}` : visible
  return /[",\s]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
}
