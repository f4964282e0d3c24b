import { type Filter, type FilterField, filterFields, type FilterOp, filterOps, type FilterTerm } from './filter-ast'
import { filterTerms } from './filter-terms'
import { type FilterError, type Token, tokensOf, type Word } from './filter-tokens'
import { termNumber } from './filter-value'

export type ParsedFilter = { readonly filter: Filter; readonly errors: readonly FilterError[] }

/** Longer filters are cut; deeper brackets are an error. Both bound what a URL can cost. */
const maxLength = 2000
const maxDepth = 20

/**
 * Parses the language of the search field; never throws. Terms side by side must all hold, `or` binds
 * weaker than that, `!` or `-` before a term denies it, brackets group and quotes keep blanks.
 * O(length).
 */
export function parseFilter(text: string): ParsedFilter {
  const errors: FilterError[] = []
  if (text.length > maxLength) {
    errors.push({ at: maxLength, end: text.length, message: `A filter has at most ${maxLength} characters.` })
  }
  const state: State = { tokens: tokensOf(text.slice(0, maxLength), errors), at: 0, depth: 0, errors }
  const filter = parseOr(state)
  return { filter, errors }
}

type State = { readonly tokens: readonly Token[]; at: number; depth: number; readonly errors: FilterError[] }

function parseOr(state: State): Filter {
  const parts = [parseAnd(state)]
  for (;;) {
    const token = state.tokens[state.at]
    if (token?.type === 'or') {
      state.at++
      parts.push(parseAnd(state))
    } else if (token?.type === ')' && state.depth === 0) {
      complain(state, token, 'This bracket closes nothing.')
      state.at++
      parts.push(allOf([parts.pop() ?? { type: 'all' }, parseAnd(state)]))
    } else break
  }
  return anyOf(parts)
}

function parseAnd(state: State): Filter {
  const parts: Filter[] = []
  for (;;) {
    const token = state.tokens[state.at]
    if (!token || token.type === 'or' || token.type === ')') return allOf(parts)
    const part = parseNot(state)
    if (part) parts.push(part)
  }
}

function parseNot(state: State): Filter | null {
  const token = state.tokens[state.at]
  if (token?.type !== '!') return parseUnit(state)
  let denied = false
  while (state.tokens[state.at]?.type === '!') {
    denied = !denied
    state.at++
  }
  const next = state.tokens[state.at]
  if (!next || next.type === 'or' || next.type === ')') {
    complain(state, token, 'Say after this what to leave out, as in !ns:shop.')
    return null
  }
  const inner = parseUnit(state)
  return inner && denied ? { type: 'not', of: inner } : inner
}

function parseUnit(state: State): Filter | null {
  const token = state.tokens[state.at++]
  if (!token) return null
  if (token.type === 'word') return parseWord(state, token)
  if (state.depth >= maxDepth) {
    complain(state, token, `Brackets go at most ${maxDepth} deep.`)
    return null
  }
  state.depth++
  const inner = parseOr(state)
  state.depth--
  if (state.tokens[state.at]?.type === ')') state.at++
  else complain(state, token, 'This bracket is not closed.')
  return inner.type === 'all' ? null : inner
}

function parseWord(state: State, token: Token & Word): Filter | null {
  if (token.field === null) return token.value === '' ? null : { type: 'text', value: token.value }
  const field = filterFields.find((known) => known === token.field?.toLowerCase())
  if (!field) {
    complain(state, token, `There is no term ${token.field}:. Known are ${filterFields.join(', ')}.`)
    return null
  }
  const term = termOf(field, token)
  const problem = problemOf(term)
  if (problem === null) return term
  complain(state, token, problem)
  return null
}

function termOf(field: FilterField, token: Token & Word): FilterTerm {
  const op: FilterOp | undefined = token.quoted ? undefined : filterOps.find((op) => token.value.startsWith(op))
  return { type: 'term', field, op: op ?? '=', value: token.value.slice(op?.length ?? 0) }
}

function problemOf(term: FilterTerm): string | null {
  const { kind, example, values } = filterTerms[term.field]
  if (term.value === '') return `Say what ${term.field}: should be, as in ${example}.`
  if (kind === 'name') return term.op === '=' ? null : `${term.field}: cannot be compared; write ${example}.`
  if (kind === 'choice') {
    if (term.op === '=' && values.includes(term.value.toLowerCase())) return null
    return `${term.field}: is one of ${values.join(', ')}.`
  }
  if (term.field === 'status' && term.op === '=' && /^[1-5]xx$/i.test(term.value)) return null
  if (termNumber(term) === null) return `${term.field}: needs a number, as in ${example}.`
  if (kind === 'figure' && term.op === '=') return `${term.field}: needs a comparison, as in ${example}.`
  return null
}

function complain(state: State, token: Token, message: string): void {
  state.errors.push({ at: token.at, end: token.end, message })
}

/** Conjunction without nesting and without parts that say nothing. */
export function allOf(parts: readonly Filter[]): Filter {
  const of = parts.flatMap((part) => (part.type === 'and' ? part.of : part.type === 'all' ? [] : [part]))
  const [only] = of
  return only === undefined ? { type: 'all' } : of.length === 1 ? only : { type: 'and', of }
}

function anyOf(parts: readonly Filter[]): Filter {
  const of = parts.flatMap((part) => (part.type === 'or' ? part.of : part.type === 'all' ? [] : [part]))
  const [only] = of
  return only === undefined ? { type: 'all' } : of.length === 1 ? only : { type: 'or', of }
}
