import { clean } from './text'

/** Whether a spreadsheet takes a cell for a formula; wide signs count too, where the keyboard writes them. */
export const isFormula = (text: string): boolean => /^\s*[=+\-@＝＋－＠]/.test(text)
const special = /[",]/
const longest = 32_000

/** A cell of CSV (RFC 4180) that no spreadsheet runs: control characters gone, a formula's first letter behind `'`. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = clean(value, longest)
  const safe = isFormula(text) ? `'${text}` : text
  return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of CSV with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`
