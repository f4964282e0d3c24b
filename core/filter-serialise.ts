import type { Filter } from './filter-ast'
import { fieldPattern, keywords } from './filter-tokens'

/** The text of a filter; parsing it gives the same filter again. */
export function serialiseFilter(filter: Filter): string {
  switch (filter.type) {
    case 'all':
      return ''
    case 'or':
      return filter.of.map((part) => (part.type === 'or' ? bracketed(part) : serialiseFilter(part))).join(' or ')
    case 'and':
      return filter.of
        .map((part) => (part.type === 'or' || part.type === 'and' ? bracketed(part) : serialiseFilter(part)))
        .join(' ')
    case 'not':
      return `!${filter.of.type === 'term' || filter.of.type === 'text' ? serialiseFilter(filter.of) : bracketed(filter.of)}`
    case 'text':
      return isPlain(filter.value) && !fieldPattern.test(filter.value) ? filter.value : quoted(filter.value)
    case 'term': {
      const value = isPlain(filter.value) && !/^[<>=]/.test(filter.value) ? filter.value : quoted(filter.value)
      return `${filter.field}:${filter.op === '=' ? '' : filter.op}${value}`
    }
  }
}

const bracketed = (filter: Filter) => `(${serialiseFilter(filter)})`
const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
const isPlain = (value: string) => /^[^\s()"!-][^\s()]*$/.test(value) && !keywords.test(value)
