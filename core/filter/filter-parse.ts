import {
  type Filter,
  type FilterField,
  type FilterOp,
  filterOps,
  type FilterTerm,
  isEndField,
  type Side,
} from './filter-ast'
import { type Problem, unknownField, unknownPart, valueProblem } from './filter-problem'
import { fieldNamed } from './filter-terms'
import { type FilterError, type Token, tokensOf, type Word, type WordValue } from './filter-tokens'

export type ParsedFilter = { readonly filter: Filter; readonly errors: readonly FilterError[] }

/** Longer filters are cut; deeper brackets are an error. Both bound what a URL can cost. */
const maxLength = 2000
const maxDepth = 20

/**
 * Parses the language of the search field; never throws. Terms side by side must all hold, `or` or `|`
 * binds weaker than that, `!`, `-` or `not` before a term denies it, commas list values of which one
 * must hold, brackets group and quotes keep blanks. O(length).
 */
export function parseFilter(text: string): ParsedFilter {
  const errors: FilterError[] = []
  if (text.length > maxLength) {
    errors.push({ at: maxLength, end: text.length, message: `A filter has at most ${maxLength} characters.` })
  }
  const cut = text.slice(0, maxLength)
  const state: State = { text: cut, tokens: tokensOf(cut, errors), at: 0, depth: 0, errors }
  const filter = parseOr(state)
  return { filter, errors: errors.sort((a, b) => a.at - b.at) }
}

type State = {
  readonly text: string
  readonly tokens: readonly Token[]
  at: number
  depth: number
  readonly errors: FilterError[]
}

function parseOr(state: State): Filter {
  const parts = [parseAnd(state)]
  for (;;) {
    const token = state.tokens[state.at]
    if (token?.type === 'or') {
      state.at++
      if (beginsNothing(state.tokens[state.at]) || joinsNothing(state.tokens[state.at - 2]))
        complain(state, token, { message: 'Say on both sides of “or” what may hold, as in ns:shop or ns:bank.' })
      parts.push(parseAnd(state))
    } else if (token?.type === ')' && state.depth === 0) {
      complain(state, token, { message: 'This bracket closes nothing.', fix: '' })
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
    complain(state, token, { message: 'Say after this what to leave out, as in !ns:shop.' })
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
    complain(state, token, { message: `Brackets go at most ${maxDepth} deep.` })
    return null
  }
  state.depth++
  const inner = parseOr(state)
  state.depth--
  if (state.tokens[state.at]?.type === ')') state.at++
  else complain(state, token, { message: 'This bracket is not closed.' })
  return inner.type === 'all' ? null : inner
}

function parseWord(state: State, token: Token & Word): Filter | null {
  const [first] = token.values
  if (!first) return null
  if (token.field === null) return first.text === '' ? null : { type: 'text', value: first.text }
  const written = token.part === null ? `${token.field}:` : `${token.field}:${token.part}=`
  const rest = state.text.slice(token.at + written.length, token.end)
  const named = fieldNamed(token.field)
  if (named === null) return wrong(state, token, unknownField(token.field, rest))
  const part = token.part === null ? null : fieldNamed(token.part)
  if (token.part !== null && (part === null || !isEndField(part)))
    return wrong(state, token, unknownPart(named, token.part, rest))
  const side = part === null ? undefined : named === 'from' ? 'from' : 'to'
  const terms: FilterTerm[] = []
  for (const value of token.values) {
    const term = termOf(part ?? named, side, value)
    const problem = valueProblem(term, written)
    if (problem === null) terms.push(term)
    // A list is mended by hand: its fix would lose the other values.
    else complain(state, token, token.values.length > 1 ? { message: problem.message } : problem)
  }
  return terms.length === 0 ? null : anyOf(terms)
}

function termOf(field: FilterField, side: Side | undefined, { text, quoted }: WordValue): FilterTerm {
  const op: FilterOp | undefined = quoted ? undefined : filterOps.find((op) => text.startsWith(op))
  const value = text.slice(op?.length ?? 0)
  return { type: 'term', field, ...(side && { side }), op: op ?? '=', value }
}

const beginsNothing = (token: Token | undefined) => !token || token.type === 'or' || token.type === ')'
const joinsNothing = (token: Token | undefined) => !token || token.type === 'or' || token.type === '('

function wrong(state: State, token: Token, problem: Problem): null {
  complain(state, token, problem)
  return null
}

function complain(state: State, { at, end }: Token, problem: Problem): void {
  state.errors.push({ at, end, ...problem })
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
