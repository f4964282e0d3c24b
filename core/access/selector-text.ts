import { anyLabels, type LabelMatch } from '../policy/label-match'

/** What a text of a selector means; or why it means nothing. */
export type ReadSelector = { readonly match: LabelMatch } | { readonly problem: string }

const key = String.raw`(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?`
const value = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?`
const compared = new RegExp(String.raw`^(${key})\s*(==?|!=)\s*(${value})$`)
const listed = new RegExp(String.raw`^(${key})\s+(in|notin)\s*\(([^()]*)\)$`)
const present = new RegExp(String.raw`^(!?)\s*(${key})$`)
const valueOnly = new RegExp(`^${value}$`)

/**
 * Reads a label selector as kubectl takes it: `a=b`, `a!=b`, `c in (x,y)`, `c notin (x)`, `d`, `!d`, joined by commas.
 * As there, `!=` and `notin` also hold where the label is missing. An empty one is refused: it would be everything.
 */
export function readSelector(text: string): ReadSelector {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim())
  if (parts.length === 1 && parts[0] === '') return { problem: 'Write a label, such as team=shop.' }
  const of: LabelMatch[] = []
  for (const part of parts) {
    if (/\(\s*\)$/.test(part))
      return { problem: `“${part}” lists no value. Write one within the brackets: a in (x,y).` }
    const match = readPart(part)
    if (!match) return { problem: `“${part}” is no condition on labels. Write a=b, a!=b, a in (x,y), a or !a.` }
    of.push(match)
  }
  const [first = anyLabels] = of
  return { match: of.length === 1 ? first : { op: 'every', of } }
}

function readPart(part: string): LabelMatch | null {
  const comparison = compared.exec(part)
  if (comparison) {
    const [, name = '', sign, wanted = ''] = comparison
    return { op: sign === '!=' ? 'not-in' : 'in', key: name, values: [wanted] }
  }
  const list = listed.exec(part)
  if (list) {
    const [, name = '', word, inside = ''] = list
    const values = inside.split(',').map((one) => one.trim())
    return values.every((one) => valueOnly.test(one))
      ? { op: word === 'notin' ? 'not-in' : 'in', key: name, values }
      : null
  }
  const presence = present.exec(part)
  return presence && { op: presence[1] === '!' ? 'lacks' : 'has', key: presence[2] ?? '' }
}
