import type { Labels } from '../inventory/inventory-object'

const name = /^[\w./-]+$/
const value = /^[\w.-]*$/

/** Whether labels meet a selector of the forms `a`, `!a`, `a=b`, `a==b` and `a!=b`, joined by commas; null for other forms. */
export function matchesSelector(selector: string, labels: Labels): boolean | null {
  const met = selector.split(',').map((term) => matchesTerm(term.trim(), labels))
  return met.includes(null) ? null : !met.includes(false)
}

function matchesTerm(term: string, labels: Labels): boolean | null {
  const [, not = '', key = '', operator, wanted = ''] = /^(!?)([^!=]+)(?:(!=|==?)(.*))?$/.exec(term) ?? []
  const own = key.trim()
  if (!name.test(own) || (not && operator)) return null
  if (!operator) return Object.hasOwn(labels, own) !== (not === '!')
  if (!value.test(wanted.trim())) return null
  return (Object.hasOwn(labels, own) && labels[own] === wanted.trim()) === (operator !== '!=')
}
