import { type SelectorProblem, type Token, type TokenKind, tokensOf } from './calico-tokens'

/** A selector of Calico. Values of a set are sorted, each once. */
export type Selector =
  | { readonly is: 'all()' | 'global()' }
  | { readonly is: 'has()'; readonly key: string }
  | { readonly is: Comparison; readonly key: string; readonly value: string }
  | { readonly is: 'in' | 'not in'; readonly key: string; readonly values: readonly string[] }
  | { readonly is: '!'; readonly of: Selector }
  | { readonly is: '&&' | '||'; readonly of: readonly Selector[] }

export type Comparison = '==' | '!=' | 'contains' | 'starts with' | 'ends with'

const all: Selector = { is: 'all()' }
const comparisons: readonly Comparison[] = ['==', '!=', 'contains', 'starts with', 'ends with']

/**
 * Reads a selector: `||` of `&&` of conditions, each with any number of `!` before it. An empty one is `all()`.
 * A problem names the first character that does not fit.
 */
export function parseSelector(text: string): { readonly selector: Selector } | { readonly problem: SelectorProblem } {
  const tokens = tokensOf(text)
  if ('reason' in tokens) return { problem: tokens }
  if (tokens.length === 1) return { selector: all }
  const cursor = new Cursor(tokens)
  const selector = anyOf(cursor)
  if (cursor.next.kind !== 'end') cursor.refuse(`unexpected ${shown(cursor.next)}`)
  return cursor.problem ? { problem: cursor.problem } : { selector }
}

/** Where reading is. After a problem nothing more is taken, so that everything ends. */
class Cursor {
  private at = 0
  problem: SelectorProblem | null = null

  constructor(private readonly tokens: readonly Token[]) {}

  get next(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', at: 0 }
  }

  take(kind: TokenKind): Token | null {
    const { next } = this
    if (this.problem || next.kind !== kind || kind === 'end') return null
    this.at++
    return next
  }

  refuse(reason: string): Selector {
    this.problem ??= { at: this.next.at, reason }
    return all
  }
}

const shown = ({ kind, text }: Token) =>
  kind === 'end' ? 'end' : kind === 'label' ? `label ${text}` : kind === 'text' ? `text "${text}"` : kind

const anyOf = (cursor: Cursor): Selector => chain(cursor, '||', () => chain(cursor, '&&', () => condition(cursor)))

function chain(cursor: Cursor, by: '&&' | '||', one: () => Selector): Selector {
  const first = one()
  const of = [first]
  while (cursor.take(by)) of.push(one())
  return of.length === 1 ? first : { is: by, of }
}

function condition(cursor: Cursor): Selector {
  let negated = false
  while (cursor.take('!')) negated = !negated
  const plain = atom(cursor)
  if (!negated) return plain
  return plain.is === '!' ? plain.of : { is: '!', of: plain }
}

function atom(cursor: Cursor): Selector {
  if (cursor.take('all()')) return all
  if (cursor.take('global()')) return { is: 'global()' }
  const has = cursor.take('has()')
  if (has) return { is: 'has()', key: has.text }
  if (cursor.take('(')) {
    const inner = anyOf(cursor)
    return cursor.take(')') ? inner : cursor.refuse('expected )')
  }
  const label = cursor.take('label')
  return label ? comparison(cursor, label.text) : cursor.refuse(`expected a condition, not ${shown(cursor.next)}`)
}

function comparison(cursor: Cursor, key: string): Selector {
  const is = comparisons.find((one) => cursor.take(one))
  if (is) {
    const value = cursor.take('text')
    return value ? { is, key, value: value.text } : cursor.refuse(`expected a text in quotes behind ${is}`)
  }
  const set = (['in', 'not in'] as const).find((one) => cursor.take(one))
  if (!set) return cursor.refuse(`expected an operator behind ${key}`)
  if (!cursor.take('{')) return cursor.refuse(`expected { behind ${set}`)
  const values: string[] = []
  for (let value = cursor.take('text'); value; value = cursor.take(',') && cursor.take('text')) values.push(value.text)
  return cursor.take('}') ? { is: set, key, values: [...new Set(values)].sort() } : cursor.refuse('expected }')
}

/** As Calico writes it; read again it is the same. */
export function selectorText(selector: Selector): string {
  switch (selector.is) {
    case 'all()':
    case 'global()':
      return selector.is
    case 'has()':
      return `has(${selector.key})`
    case '!':
      return `!${selectorText(selector.of)}`
    case '&&':
    case '||':
      return `(${selector.of.map(selectorText).join(` ${selector.is} `)})`
    case 'in':
    case 'not in':
      return `${selector.key} ${selector.is} {${selector.values.map(quote).join(', ')}}`
    default:
      return `${selector.key} ${selector.is} ${quote(selector.value)}`
  }
}

const quote = (value: string) => (value.includes('"') ? `'${value}'` : `"${value}"`)
