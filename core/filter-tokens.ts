/** What is wrong with a filter; `at` and `end` are offsets in its text. What is wrong is left out of the filter. */
export type FilterError = { readonly at: number; readonly end: number; readonly message: string }

export type Token = Span & ({ readonly type: '(' | ')' | '!' | 'or' } | Word)

type Span = { readonly at: number; readonly end: number }

export type Word = {
  readonly type: 'word'
  /** What stands before the first colon; null in free text. */
  readonly field: string | null
  readonly value: string
  /** The value stood in quotes: nothing in it is an operator. */
  readonly quoted: boolean
}

export const fieldPattern = /^([a-z][a-z0-9]*):/i

/** Splits a filter; a quote that is not closed ends with the text and is an error. O(length). */
export function tokensOf(text: string, errors: FilterError[]): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (/\s/.test(char)) at++
    else if (char === '(' || char === ')') tokens.push({ type: char, at, end: ++at })
    else if (char === '!' || char === '-') tokens.push({ type: '!', at, end: ++at })
    else {
      const token = readWord(text, at, errors)
      at = token.end
      if (!isKeyword(token)) tokens.push(token)
      else if (token.value.toLowerCase() === 'or') tokens.push({ type: 'or', at: token.at, end: token.end })
    }
  }
  return tokens
}

/** `or` joins, `and` is what stands between terms anyway. */
export const keywords = /^(or|and)$/i

const isKeyword = ({ field, quoted, value }: Word) => field === null && !quoted && keywords.test(value)

const wordEnd = /[\s()]/g

function readWord(text: string, at: number, errors: FilterError[]): Span & Word {
  const [, field = null] = fieldPattern.exec(text.slice(at, at + 40)) ?? []
  const start = field === null ? at : at + field.length + 1
  if (text[start] === '"') {
    const { value, end } = readQuoted(text, start, errors)
    return { type: 'word', at, end, field, value, quoted: true }
  }
  wordEnd.lastIndex = start
  const end = wordEnd.exec(text)?.index ?? text.length
  return { type: 'word', at, end, field, value: text.slice(start, end), quoted: false }
}

function readQuoted(text: string, start: number, errors: FilterError[]): { value: string; end: number } {
  let value = ''
  let at = start + 1
  for (; at < text.length; at++) {
    const char = text[at]
    if (char === '"') return { value, end: at + 1 }
    if (char === '\\' && at + 1 < text.length) value += text[++at]
    else value += char
  }
  errors.push({ at: start, end: text.length, message: 'This quote is not closed.' })
  return { value, end: text.length }
}
