import type { Filter, FilterTerm } from './filter-ast'
import { fieldPattern, keywords, partPattern } from './filter-tokens'

/** The text of a filter; parsing it gives the same filter again. */
export function serialiseFilter(filter: Filter): string {
  switch (filter.type) {
    case 'all':
      return ''
    case 'or':
      return (
        listOf(filter.of) ??
        filter.of.map((part) => (part.type === 'or' ? bracketed(part) : serialiseFilter(part))).join(' or ')
      )
    case 'and':
      return filter.of
        .map((part) =>
          part.type === 'and' || (part.type === 'or' && !listOf(part.of)) ? bracketed(part) : serialiseFilter(part),
        )
        .join(' ')
    case 'not':
      return `!${isUnit(filter.of) ? serialiseFilter(filter.of) : bracketed(filter.of)}`
    case 'text':
      return isPlain(filter.value) && !fieldPattern.test(filter.value) ? filter.value : quoted(filter.value)
    case 'term':
      return `${prefixOf(filter)}${valueOf(filter)}`
  }
}

const isUnit = (filter: Filter): boolean =>
  filter.type === 'term' || filter.type === 'text' || (filter.type === 'or' && listOf(filter.of) !== null)

/** `ns:shop,bank`, where all parts say the same of different values; null elsewhere. */
function listOf(parts: readonly Filter[]): string | null {
  const terms = parts.filter((part) => part.type === 'term')
  const [first] = terms
  if (!first || terms.length !== parts.length || terms.some((term) => prefixOf(term) !== prefixOf(first))) return null
  return prefixOf(first) + terms.map(valueOf).join(',')
}

const prefixOf = ({ field, side }: FilterTerm): string => (side ? `${side}:${field}=` : `${field}:`)

function valueOf({ field, side, op, value }: FilterTerm): string {
  const isPart = side === undefined && (field === 'from' || field === 'to') && partPattern.test(value)
  const plain = isPlain(value) && !/^[<>=]|,/.test(value) && !isPart
  return `${op === '=' ? '' : op}${plain ? value : quoted(value)}`
}

const bracketed = (filter: Filter) => `(${serialiseFilter(filter)})`
const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
const isPlain = (value: string) => /^[^\s\p{Cc}()|"!-][^\s\p{Cc}()|]*$/u.test(value) && !keywords.test(value)
