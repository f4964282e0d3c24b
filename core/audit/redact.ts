import { deepEqual } from '../text/deep-equal'
import { clean, cleanLines } from '../text/text'

/** A detail as it is kept, and what was left out of it, each with its place. */
export type Detail = { readonly value: unknown; readonly cut: readonly string[] }

const longestText = 2_000
const longestKey = 200
const mostMembers = 200
const deepest = 12
/** Characters of JSON, roughly, of one detail. */
const largest = 65_536
export const redacted = '[redacted]'
/** Of a secret that changed. */
export const redactedOther = '[redacted] (another one)'

const secretKey =
  /secret|passw|passphrase|token|credential|authorization|cookie|api.?key|private.?key|client.?key|signing.?key|^frozen$/i
/** Names, places and numbers of secrets tell none of them. */
const aboutSecret = /(name|file|ref|id|count|path|url|kind)s?$/i
/** Of Kubernetes objects: who wrote which field, and a copy of the whole. */
const leftOut: ReadonlySet<string> = new Set(['managedFields', 'kubectl.kubernetes.io/last-applied-configuration'])

/** What a secret looks like wherever it stands in a text, and what is kept of it. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]*PRIVATE KEY-----[^]*?(?:-----END [^-]*-----|$)/g, redacted],
  [/\b([Bb]earer|BEARER|[Bb]asic|BASIC|[Nn]egotiate)\s+(?=\S*[\dA-Z=])[\w.~+/=-]{6,}/g, `$1 ${redacted}`],
  [/\boriel_[\w-]{6,}/g, redacted],
  [/\beyJ[\w-]{10,}(?:\.[\w-]*)*/g, redacted],
  [/(\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${redacted}@`],
  [/((?:^|[?&#;\s])(?:frozen|code|state|[\w-]*(?:token|password|secret))=)[^&#;\s]+/gi, `$1${redacted}`],
  [/(\/l\/)[\w-]{10,}/g, `$1${redacted}`],
  [/(\/login#)\S+/g, `$1${redacted}`],
  [/((?:set-)?cookie:\s*)[^\r\n]+/gi, `$1${redacted}`],
  [/(__(?:Host|Secure)-[\w-]+=)[^;\s]+/g, `$1${redacted}`],
]

/** A text without anything that looks like a secret. */
export const withoutSecrets = (text: string): string =>
  secretTexts.reduce((rest, [pattern, kept]) => rest.replace(pattern, kept), text)

/** One visible line without secrets, at most `max` UTF-16 units. */
export const auditText = (text: string, max: number): string => clean(withoutSecrets(clean(text, 4 * max)).trim(), max)

/**
 * JSON as the audit keeps it: secrets taken out by their names and looks, control characters gone, long texts, lists and
 * what lies too deep cut. O(what is kept).
 */
export function auditDetail(value: unknown): Detail {
  const state: State = { left: largest, cut: [] }
  return { value: kept(value, '', deepest, state), cut: state.cut.slice(0, 50) }
}

type State = { left: number; readonly cut: string[] }

function kept(value: unknown, path: string, depth: number, state: State): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? spent(value, state) : String(value)
  if (typeof value === 'string') return keptText(value, path, state)
  if (typeof value !== 'object') return null
  if (depth === 0) return note(state, path, 'deeper parts')
  if (Array.isArray(value)) return keptList(value, path, depth, state)
  return keptMembers(value, path, depth, state)
}

function keptText(text: string, path: string, state: State): string {
  const lines = withoutSecrets(cleanLines(text, 2 * longestText))
  if (lines.length <= longestText) return spent(lines, state)
  note(state, path, `text of ${text.length} characters`)
  // Half of a pair is no text that the database takes.
  return spent(`${lines.slice(0, longestText - 1).replace(/[\uD800-\uDBFF]$/, '')}…`, state)
}

function keptList(list: readonly unknown[], path: string, depth: number, state: State): unknown {
  const items: unknown[] = []
  for (const [at, item] of list.entries()) {
    if (at >= mostMembers || state.left <= 0) {
      note(state, path, `${list.length - at} of ${list.length} items`)
      break
    }
    items.push(kept(item, `${path}[${at}]`, depth - 1, state))
  }
  return items
}

function keptMembers(value: object, path: string, depth: number, state: State): unknown {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  const isSecret = Reflect.get(value, 'kind') === 'Secret'
  const members: [string, unknown][] = []
  for (const [at, [key, member]] of entries.entries()) {
    if (at >= mostMembers || state.left <= 0) {
      note(state, path, `${entries.length - at} of ${entries.length} fields`)
      break
    }
    const name = auditText(key, longestKey)
    const place = path === '' ? name : `${path}.${name}`
    spent(name, state)
    if (leftOut.has(key)) note(state, place, 'left out')
    else if (isSecretMember(key, member) || (isSecret && /^(data|stringData)$/.test(key)))
      members.push([name, redacted])
    else members.push([name, kept(member, place, depth - 1, state)])
  }
  // Own members whatever their name, so that none reaches a prototype.
  return Object.fromEntries(members)
}

/** Whether what a field of this name holds is secret, by its name. */
export const isSecretMember = (key: string, member: unknown): boolean =>
  secretKey.test(key) &&
  !aboutSecret.test(key) &&
  member !== null &&
  typeof member !== 'boolean' &&
  member !== redactedOther

function note(state: State, path: string, what: string): null {
  state.cut.push(path === '' ? what : `${clean(path, 200)}: ${what}`)
  return null
}

function spent<T extends string | number>(value: T, state: State): T {
  state.left -= String(value).length + 4
  return value
}

/** What differs of two values: members that are the same in both are left out, at any depth. Lists stay whole. */
export function differing(before: unknown, after: unknown): readonly [before: unknown, after: unknown] {
  if (!isMembers(before) || !isMembers(after)) return [before, after]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const parts = names.flatMap((name) => {
    const [a, b] = [memberOf(before, name), memberOf(after, name)]
    return deepEqual(a, b) ? [] : [[name, differing(a, b)] as const]
  })
  const side = (at: 0 | 1) =>
    Object.fromEntries(parts.flatMap(([name, both]) => (both[at] === undefined ? [] : [[name, both[at]]])))
  return [side(0), side(1)]
}

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const memberOf = (value: Members, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined)
