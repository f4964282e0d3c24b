export type TokenKind =
  | '('
  | ')'
  | '{'
  | '}'
  | ','
  | '!'
  | '&&'
  | '||'
  | '=='
  | '!='
  | 'in'
  | 'not in'
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'all()'
  | 'global()'
  | 'has()'
  | 'label'
  | 'text'
  | 'end'

/** A word of a selector. `text`: the label of `has()` and `label`, what is quoted of `text`. `at`: its place, from 1. */
export type Token = { readonly kind: TokenKind; readonly text: string; readonly at: number }

/** Why a selector cannot be read, and at which character, from 1. */
export type SelectorProblem = { readonly at: number; readonly reason: string }

/** Blanks and tabs separate; a line break does not. */
const blanks = /[ \t]*/y
const symbol = /&&|\|\||==|!=|[(){},!]/y
const quoted = /"([^"]*)"|'([^']*)'/y
const everybody = /(all|global)\([ \t]*\)/y
const having = /has\([ \t]*([A-Za-z0-9_./-]+)[ \t]*\)/y
const label = /[A-Za-z0-9_./-]+/y
/** Read as operators only behind a label, and then even without a blank behind them. */
const operator = /contains|starts[ \t]*with|ends[ \t]*with|not[ \t]*in|in/y
const longestLabel = 512

/** The words of a selector, with an `end` behind the last. */
export function tokensOf(text: string): readonly Token[] | SelectorProblem {
  const tokens: Token[] = []
  let at = lengthAt(blanks, text, 0)
  while (at < text.length) {
    const read = tokenAt(text, at, tokens.at(-1)?.kind === 'label')
    if ('reason' in read) return read
    tokens.push(read.token)
    at = read.next + lengthAt(blanks, text, read.next)
  }
  return [...tokens, { kind: 'end', text: '', at: at + 1 }]
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  return matchAt(pattern, text, at)?.[0].length ?? 0
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function tokenAt(text: string, at: number, behindLabel: boolean): { token: Token; next: number } | SelectorProblem {
  const token = (kind: TokenKind, found: RegExpExecArray, value = '') => ({
    token: { kind, text: value, at: at + 1 },
    next: at + found[0].length,
  })
  const sign = matchAt(symbol, text, at)
  const kind = symbolKinds.find((one) => one === sign?.[0])
  if (sign && kind) return token(kind, sign)
  const string = matchAt(quoted, text, at)
  if (string) return token('text', string, string[1] ?? string[2])
  if (behindLabel) {
    const found = matchAt(operator, text, at)
    const word = operatorKinds.find((one) => one.replace(' ', '') === found?.[0].replace(/[ \t]/g, ''))
    if (found && word) return token(word, found)
    return { at: at + 1, reason: unclosed(text[at]) ?? 'expected an operator behind the label' }
  }
  const all = matchAt(everybody, text, at)
  if (all) return token(all[1] === 'all' ? 'all()' : 'global()', all)
  const has = matchAt(having, text, at)
  if (has) return labelled('has()', has, has[1] ?? '')
  const name = matchAt(label, text, at)
  if (name && !/^(?:has|all|global)\($/.test(text.slice(at, at + name[0].length + 1)))
    return labelled('label', name, name[0])
  return { at: at + 1, reason: unclosed(text[at]) ?? (name ? `${name[0]}( is not closed` : 'unexpected character') }

  function labelled(kind: TokenKind, found: RegExpExecArray, value: string) {
    if (value.length <= longestLabel) return token(kind, found, value)
    return { at: at + 1, reason: `a label must not have more than ${longestLabel} characters` }
  }
}

const symbolKinds = ['(', ')', '{', '}', ',', '!', '&&', '||', '==', '!='] as const
const operatorKinds = ['contains', 'starts with', 'ends with', 'not in', 'in'] as const

function unclosed(character: string | undefined): string | null {
  if (character === '"' || character === "'") return 'the text is not closed'
  if (character === '=') return 'expected =='
  if (character === '&') return 'expected &&'
  return character === '|' ? 'expected ||' : null
}
