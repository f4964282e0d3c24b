/**
 * What is wrong with a filter; `at` and `end` are offsets in its text. What is wrong is left out of
 * the filter. `fix` is what could stand there in its place.
 */
export type FilterError = {
  readonly at: number
  readonly end: number
  readonly message: string
  readonly fix?: string
}

export type Token = Span & ({ readonly type: '(' | ')' | '!' | 'or' } | Word)

type Span = { readonly at: number; readonly end: number }

export type Word = {
  readonly type: 'word'
  /** What stands before the first colon; null in free text. */
  readonly field: string | null
  /** `ns` in `from:ns=shop`; null elsewhere. */
  readonly part: string | null
  /** Never empty; free text is one. */
  readonly values: readonly WordValue[]
}

/** `quoted`: nothing in it is an operator. */
export type WordValue = { readonly text: string; readonly quoted: boolean }

export const fieldPattern = /^([a-z][a-z0-9]*):/i
export const partPattern = /^([a-z][a-z0-9]*)=/i

/** What joins terms, and what denies one, as words. */
export const keywords = /^(or|and|not|&&)$/i

const blank = /[\s\p{Cc}]/u
const wordEnd = /[\s\p{Cc}()|]/gu
const valueEnd = /[\s\p{Cc}()|,]/gu

/** Splits a filter; a quote that is not closed ends with the text and is an error. O(length). */
export function tokensOf(text: string, errors: FilterError[]): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (blank.test(char)) at++
    else if (char === '(' || char === ')') tokens.push({ type: char, at, end: ++at })
    else if (char === '!' || char === '-') tokens.push({ type: '!', at, end: ++at })
    else if (char === '|') {
      const end = text[at + 1] === '|' ? at + 2 : at + 1
      tokens.push({ type: 'or', at, end })
      at = end
    } else {
      const token = readWord(text, at, errors)
      const keyword = keywordOf(token)
      if (keyword === null) tokens.push(token)
      else if (keyword !== 'and') tokens.push({ type: keyword, at, end: token.end })
      at = token.end
    }
  }
  return tokens
}

function keywordOf({ field, values: [value] }: Word): 'or' | '!' | 'and' | null {
  if (field !== null || !value || value.quoted || !keywords.test(value.text)) return null
  const word = value.text.toLowerCase()
  return word === 'or' ? 'or' : word === 'not' ? '!' : 'and'
}

function readWord(text: string, at: number, errors: FilterError[]): Span & Word {
  const [, field = null] = fieldPattern.exec(text.slice(at, at + 40)) ?? []
  if (field === null) {
    const { end, ...value } = readValue(text, at, wordEnd, errors)
    return { type: 'word', at, end, field, part: null, values: [value] }
  }
  let end = at + field.length + 1
  const [, part = null] = /^(from|to|src|dst)$/i.test(field) ? (partPattern.exec(text.slice(end, end + 40)) ?? []) : []
  if (part !== null) end += part.length + 1
  const values: WordValue[] = []
  for (;;) {
    const value = readValue(text, end, valueEnd, errors)
    values.push({ text: value.text, quoted: value.quoted })
    end = value.end
    if (text[end] !== ',') return { type: 'word', at, end, field, part, values }
    end++
  }
}

function readValue(text: string, start: number, until: RegExp, errors: FilterError[]): WordValue & { end: number } {
  if (text[start] === '"') return { ...readQuoted(text, start, errors), quoted: true }
  until.lastIndex = start
  const end = until.exec(text)?.index ?? text.length
  return { text: text.slice(start, end), quoted: false, end }
}

function readQuoted(text: string, start: number, errors: FilterError[]): { text: string; end: number } {
  let value = ''
  let at = start + 1
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"') return { text: value, end: at + 1 }
    if (char === '\\' && at + 1 < text.length) value += text[++at]
    else value += /\p{Cc}/u.test(char) ? ' ' : char
  }
  errors.push({ at: start, end: text.length, message: 'This quote is not closed.', fix: `${text.slice(start)}"` })
  return { text: value, end: text.length }
}
