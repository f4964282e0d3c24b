import { field, fieldsAt, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields, wordAt } from '../read'
import { anyText, type RequestMatch } from '../request-match'
import { fitsPattern, patternOf } from './cilium-regex'

/** One of `rules.http`: all that it says must fit. The proxy answers what is no HTTP with an error. */
export function httpAt(at: Reader): RequestMatch {
  fieldsAt(at)
  const parts: RequestMatch[] = []
  for (const name of ['method', 'path', 'host'] as const) {
    const text = textAt(field(at, name)) ?? ''
    if (text === '') continue
    checkRegex(field(at, name), text)
    // Hosts are compared in lower case.
    parts.push(fitsPattern(name, patternOf(name === 'host' ? lowerCase(text) : text)))
  }
  for (const item of itemsAt(field(at, 'headers')) ?? []) parts.push(headerOf(textAt(item) ?? ''))
  for (const item of itemsAt(field(at, 'headerMatches')) ?? []) parts.push(...headerMatchAt(item))
  if (unknownFields(at, ['method', 'path', 'host', 'headers', 'headerMatches']).length > 0)
    parts.push({ is: 'unclear', doubt: 'the rule has a field that is not known here' })
  const [first = isHttp] = parts
  return parts.length < 2 ? first : { is: 'every', of: parts }
}

const isHttp: RequestMatch = { is: 'not', of: { is: 'plain' } }

function checkRegex(at: Reader, text: string): void {
  if (!isRegex(text)) refuse(at, `${JSON.stringify(text)} is no regular expression`)
}

/** Groups with a question mark are written otherwise in RE2 than here, and taken as they are. */
function isRegex(text: string): boolean {
  if (text.includes('(?')) return true
  try {
    return new RegExp(text).source !== ''
  } catch {
    return false
  }
}

/** Escapes like `\S` mean something else in lower case. */
const lowerCase = (regex: string) =>
  regex.replace(/\\.|[^\\]/gs, (piece) => (piece.length > 1 ? piece : piece.toLowerCase()))

/** `Name: value`, or a name that must be there; the first space parts them. */
function headerOf(text: string): RequestMatch {
  const space = text.indexOf(' ')
  if (space < 0) return { is: 'header', name: text, texts: anyText }
  const name = text.slice(0, space).replace(/:+$/, '')
  return { is: 'header', name, texts: [{ how: 'exact', text: text.slice(space + 1) }] }
}

/** With an action for a mismatch the request passes whatever it has. */
function headerMatchAt(at: Reader): readonly RequestMatch[] {
  const name = textAt(field(at, 'name')) ?? ''
  if (name === '') refuse(field(at, 'name'), 'is required')
  const mismatch = wordAt(field(at, 'mismatch'), ['LOG', 'ADD', 'DELETE', 'REPLACE'])
  const value = textAt(field(at, 'value')) ?? ''
  if (mismatch !== null) return []
  if (!isAbsent(field(at, 'secret'))) return [{ is: 'unclear', doubt: 'the value of a header is in a secret' }]
  return [{ is: 'header', name, texts: value === '' ? anyText : [{ how: 'exact', text: value }] }]
}
