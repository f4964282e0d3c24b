import { clean } from '../text/text'

/**
 * A path with what differs from call to call replaced: `/users/123?x=1` is `/users/{id}`. Query,
 * fragment, host and parameters (`;jsessionid=…`) are cut; control characters stripped; at most 12
 * segments and 120 characters, what is beyond them `…`. Idempotent. O(length, at most 2,000).
 */
export function routeTemplate(target: string): string {
  const path = clean(target.slice(0, maxInput), maxInput)
    .replace(/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/, '')
  let route = ''
  let segments = 0
  for (const segment of path.split('/')) {
    if (segment === '') continue
    const next = `/${segmentTemplate(segment)}`
    if (segments === maxSegments || route.length + next.length > maxRoute - cutMark.length) return route + cutMark
    route += next
    segments++
  }
  return route || '/'
}

const maxInput = 2_000
const maxSegments = 12
const maxRoute = 120
const cutMark = '/…'
const maxSegment = 40

const placeholder = /^(\{[\w.*:-]{0,38}\}|[:*][\w-]{0,38}|<[\w:.-]{1,38}>|…)$/
const date = /^\d{4}-\d\d(-\d\d)?([T_ ][\d:.+Z-]*)?$/i
const address = /^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/
const email = /^[^@/\s]+@[^@/\s]+$/
const readable = /^[\w.~!$&'()*+,;=:@{}<>…-]+$/

/** One segment: itself, or `{id}`, `{date}`, `{email}`, `{token}`, `{ip}`, `{text}`. */
function segmentTemplate(raw: string): string {
  const segment = raw.replace(/;.*$/, '')
  if (placeholder.test(segment)) return segment
  const text = decoded(segment)
  if (email.test(text)) return '{email}'
  if (address.test(text)) return '{ip}'
  if (date.test(text)) return '{date}'
  if (/^eyJ[\w-]+\./.test(text)) return '{token}'
  if (!readable.test(text)) return text === '' ? '{text}' : words.test(text) ? '{text}' : '{token}'
  if (/^\d+([.,:_-]\d+)*$/.test(text)) return '{id}'
  // A file's hash or a version stands between dots: `app.3f2a1b9c.js`.
  const parts = text.split('.').map(partTemplate)
  const template = parts.join('.')
  return template.length > maxSegment ? '{token}' : template
}

const words = /[\p{L}\s]/u
const version = /^v\d{1,3}([a-z]{1,5}\d{0,3})?$/i
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i
const hex = /^(0x)?[0-9a-f]{8,}$/i

function partTemplate(part: string): string {
  if (part === '' || placeholder.test(part) || version.test(part)) return part
  if (/^\d+$/.test(part) || uuid.test(part) || ulid.test(part) || isHash(part)) return '{id}'
  if (isToken(part)) return '{token}'
  // `INV-2024-0017`, `order12345`: a number of three digits or more is nobody's route.
  return /\d{3}/.test(part) ? '{id}' : part
}

const isHash = (part: string) => hex.test(part) && (/\d/.test(part) || part.length >= 16)

/** Base64 and its like: long, and capitals, small letters and digits mixed; or longer than any word. */
const isToken = (part: string) =>
  (part.length >= 16 && /^[\w+=~-]+$/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part)) ||
  part.length > maxSegment ||
  (part.length > 24 && !/[-_]/.test(part) && /\d/.test(part))

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return clean(decodeURIComponent(segment), maxInput)
  } catch {
    return segment
  }
}
