import type { FilterOp, FilterTerm } from './filter-ast'

/** The number that a term compares with, in the figure's own unit (ratio, milliseconds, per second); null where it is none. */
export function termNumber({ field, value }: Pick<FilterTerm, 'field' | 'value'>): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?|\.\d+)(%|ms|s|\/s|k)?$/.exec(value.toLowerCase()) ?? []
  if (digits === undefined) return null
  const n = Number(digits)
  if (field === 'error') return unit === '' || unit === '%' ? n / 100 : null
  if (field === 'p50' || field === 'p95' || field === 'p99')
    return unit === '' || unit === 'ms' ? n : unit === 's' ? n * 1000 : null
  if (field === 'rate') return unit === '' || unit === '/s' ? n : unit === 'k' ? n * 1000 : null
  return unit === '' ? n : null
}

export function compareNumber(actual: number, op: FilterOp, wanted: number): boolean {
  if (op === '>') return actual > wanted
  if (op === '>=') return actual >= wanted
  if (op === '<') return actual < wanted
  if (op === '<=') return actual <= wanted
  return actual === wanted
}

/** Does a name match, ignoring case? `*` stands for any characters. Linear in pattern × text, whatever the pattern. */
export function compileGlob(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return (text) => text.toLowerCase() === first
  return (text) => {
    const lower = text.toLowerCase()
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
