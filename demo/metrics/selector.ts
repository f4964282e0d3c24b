import type { Labels } from './series'

export type Matcher = {
  readonly label: string
  readonly matches: (value: string) => boolean
}
/** A vector selector of PromQL; `rangeMs` null: an instant one. */
export type Selector = { readonly matchers: readonly Matcher[]; readonly rangeMs: number | null }

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const namePattern = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const matcherPattern = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?/y
const rangePattern = /\s*\[\s*((?:\d+(?:ms|[smhd]))+)\s*\]/y

/** Reads `name{a="b",c=~"d"}[5m]`, the only form of PromQL that the demo answers. Throws with what it did not understand. */
export function parseSelector(text: string): Selector {
  const query = text.trim()
  const matchers: Matcher[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(query)
    if (found) at = pattern.lastIndex
    return found
  }
  const name = take(namePattern)?.[0]
  if (name) matchers.push({ label: '__name__', matches: (value) => value === name })
  if (query[at] === '{') {
    at++
    for (let found = take(matcherPattern); found; found = take(matcherPattern))
      matchers.push(matcher(found[1] ?? '', found[2] ?? '', unquote(found[3] ?? '')))
    if (take(/\s*\}/y) === null) throw new Error(`parse error: unexpected input at “${query.slice(at, at + 40)}”`)
  }
  const range = take(rangePattern)?.[1]
  if (at < query.length || matchers.length === 0)
    throw new Error(`parse error: the demo answers vector selectors only, not “${query.slice(at, at + 40)}”`)
  return { matchers, rangeMs: range === undefined ? null : duration(range) }
}

function matcher(label: string, operator: string, text: string): Matcher {
  if (operator === '=') return { label, matches: (value) => value === text }
  if (operator === '!=') return { label, matches: (value) => value !== text }
  const pattern = new RegExp(`^(?:${text})$`, 's')
  return { label, matches: (value) => pattern.test(value) === (operator === '=~') }
}

const unquote = (quoted: string): string => quoted.slice(1, -1).replaceAll(/\\(.)/gs, (_, c) => (c === 'n' ? '\n' : c))

const duration = (text: string): number =>
  [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * (unitMs[unit ?? ''] ?? 0), 0)

/** An absent label is an empty one. */
export const selects = (matchers: readonly Matcher[], name: string, labels: Labels): boolean =>
  matchers.every(({ label, matches }) => matches(label === '__name__' ? name : (labels[label] ?? '')))
