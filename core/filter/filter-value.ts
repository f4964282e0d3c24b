import type { FilterField, FilterOp, FilterTerm } from './filter-ast'

/** What a unit multiplies with, to the figure's own unit: ratio, milliseconds, per second, bytes per second. */
const units: Readonly<Partial<Record<FilterField, Readonly<Record<string, number>>>>> = {
  error: { '': 0.01, '%': 0.01 },
  mtls: { '': 0.01, '%': 0.01 },
  p50: { '': 1, us: 0.001, ms: 1, s: 1_000, m: 60_000 },
  rate: { '': 1, '/s': 1, rps: 1, '/m': 1 / 60, k: 1_000, 'k/s': 1_000 },
  bytes: { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 },
  conns: { '': 1, k: 1_000 },
}
const plain = { '': 1 }

const unitsOf = (field: FilterField) => units[field === 'p95' || field === 'p99' ? 'p50' : field] ?? plain

/** Units that may follow the number of a field, as written; '' is none. */
export const unitNames = (field: FilterField): readonly string[] => Object.keys(unitsOf(field))

/** The number that a term compares with, in the figure's own unit (ratio, milliseconds, per second); null where it is none. */
export function termNumber({ field, value }: Pick<FilterTerm, 'field' | 'value'>): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?|\.\d+)([a-z%/]*)$/.exec(value.toLowerCase()) ?? []
  if (digits === undefined) return null
  const table: Readonly<Record<string, number>> = unitsOf(field)
  const bare = field === 'bytes' ? unit.replace(/\/s$/, '') : unit
  const factor = Object.hasOwn(table, bare) ? table[bare] : undefined
  if (factor === undefined) return null
  // A hundredth is divided by, so that 6% is 0.06 and nothing beside it.
  return factor < 1 ? Number(digits) / Math.round(1 / factor) : Number(digits) * factor
}

export function compareNumber(actual: number, op: FilterOp, wanted: number): boolean {
  if (op === '>') return actual > wanted
  if (op === '>=') return actual >= wanted
  if (op === '<') return actual < wanted
  if (op === '<=') return actual <= wanted
  return actual === wanted
}

/** `5xx` as its hundreds; null for any other value. */
export function statusClass(value: string): number | null {
  const [, hundreds] = /^([1-5])xx$/i.exec(value) ?? []
  return hundreds === undefined ? null : Number(hundreds)
}

/** `status:503`, `status:5xx`, `status:>=400` as a range with both ends in it. */
export function statusRange(term: Pick<FilterTerm, 'field' | 'op' | 'value'>): { from: number; to: number } {
  const most = 32_767
  const hundreds = statusClass(term.value)
  if (hundreds !== null) return { from: hundreds * 100, to: hundreds * 100 + 99 }
  const n = Math.min(most, termNumber(term) ?? Number.NaN)
  if (Number.isNaN(n)) return { from: 0, to: -1 }
  if (term.op === '>') return { from: Math.floor(n) + 1, to: most }
  if (term.op === '>=') return { from: Math.ceil(n), to: most }
  if (term.op === '<') return { from: -most, to: Math.ceil(n) - 1 }
  if (term.op === '<=') return { from: -most, to: Math.floor(n) }
  return { from: Math.ceil(n), to: Math.floor(n) }
}

/** Lower case of A to Z alone: the database and the browser must agree on it, and records are machine text. */
export const foldCase = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** Does a name match, ignoring case? `*` stands for any characters. Linear in pattern × text, whatever the pattern. `fold` makes cases equal. */
export function compileGlob(
  pattern: string,
  fold: (text: string) => string = (text) => text.toLowerCase(),
): (text: string) => boolean {
  const parts = fold(pattern).split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return (text) => fold(text) === first
  return (text) => {
    const lower = fold(text)
    if (lower.length < first.length + last.length || !lower.startsWith(first) || !lower.endsWith(last)) return false
    let at = first.length
    for (const part of parts.slice(1, -1)) {
      const found = lower.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return at <= lower.length - last.length
  }
}
