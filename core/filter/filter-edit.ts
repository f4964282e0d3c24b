import type { Filter, FilterTerm } from './filter-ast'
import { allOf, parseFilter } from './filter-parse'
import { serialiseFilter } from './filter-serialise'

/** Whether a filter asks for a term, against it, or says nothing of it. */
export type TermState = 'wanted' | 'unwanted' | 'open'

/** Is a part of a filter about the same thing as the term, so that the two are alternatives? */
type IsAbout = (part: Filter) => boolean

const partsOf = (filter: Filter): readonly Filter[] =>
  filter.type === 'and' ? filter.of : filter.type === 'all' ? [] : [filter]

const isSame = (part: Filter, term: FilterTerm): boolean =>
  part.type === 'term' &&
  part.field === term.field &&
  part.side === term.side &&
  part.op === term.op &&
  part.value === term.value

const isDenial = (part: Filter, term: FilterTerm): boolean => part.type === 'not' && isSame(part.of, term)

const alternatives = (part: Filter): readonly Filter[] => (part.type === 'or' ? part.of : [part])

/** What a filter, as far as it is a conjunction, says of a term. */
export function termState(filter: Filter, term: FilterTerm): TermState {
  const parts = partsOf(filter)
  if (parts.some((part) => isDenial(part, term))) return 'unwanted'
  return parts.some((part) => alternatives(part).some((one) => isSame(one, term))) ? 'wanted' : 'open'
}

/**
 * The text of a filter with a term added or taken away. A second value of the same thing is added as an
 * alternative; `deny` leaves the value out instead (`!verdict:allowed`). A filter with a mistake in it is kept as
 * it is written, and the term put behind it.
 */
export function toggledTerm(text: string, term: FilterTerm, isAbout: IsAbout, deny = false): string {
  const { filter, errors } = parseFilter(text)
  const added: Filter = deny ? { type: 'not', of: term } : term
  if (errors.length > 0) return `${text.trim()} ${serialiseFilter(added)}`.trim()
  const state = termState(filter, term)
  const rest = partsOf(filter).flatMap((part) => withoutTerm(part, term))
  if (state === (deny ? 'unwanted' : 'wanted')) return serialiseFilter(allOf(rest))
  const at = deny ? -1 : rest.findIndex((part) => part.type !== 'not' && isAbout(part))
  const group = rest[at]
  if (group === undefined) return serialiseFilter(allOf([...rest, added]))
  const wider: Filter = { type: 'or', of: [...alternatives(group), term] }
  return serialiseFilter(allOf(rest.map((part) => (part === group ? wider : part))))
}

function withoutTerm(part: Filter, term: FilterTerm): readonly Filter[] {
  if (isDenial(part, term)) return []
  const left = alternatives(part).filter((one) => !isSame(one, term))
  const [only] = left
  if (only === undefined) return []
  return part.type === 'or' ? [left.length === 1 ? only : { type: 'or', of: left }] : [part]
}
