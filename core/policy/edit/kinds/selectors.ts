import type { Fields } from '../../read'
import { sameData } from '../object-op'
import type { LabelPick, LabelTerm, NamespacePick } from '../visual'
import { fieldsOf, listAt } from './fields'
import { refused, type Refused } from './kind-editor'

const operators = { In: 'in', NotIn: 'not-in', Exists: 'has', DoesNotExist: 'lacks' } as const
const words = { in: 'In', 'not-in': 'NotIn', has: 'Exists', lacks: 'DoesNotExist' } as const

/** The label that Kubernetes gives every namespace: its name. */
export const nameLabel = 'kubernetes.io/metadata.name'

/** A LabelSelector of Kubernetes; null: it has something that is no such term. */
export function termsOf(selector: unknown): readonly LabelTerm[] | null {
  const fields = fieldsOf(selector)
  if (Object.keys(fields).some((key) => key !== 'matchLabels' && key !== 'matchExpressions')) return null
  const pairs = Object.entries(fieldsOf(fields.matchLabels)).map(([key, value]): LabelTerm | null =>
    typeof value === 'string' ? { key, op: 'in', values: [value] } : null,
  )
  const all = [...pairs, ...listAt(fields, ['matchExpressions']).map(expressionOf)]
  const terms = all.filter((term) => term !== null)
  return terms.length === all.length ? terms : null
}

function expressionOf(value: unknown): LabelTerm | null {
  const { key, operator, values, ...rest } = fieldsOf(value)
  const op = Object.entries(operators).find(([word]) => word === operator)?.[1]
  const texts = Array.isArray(values) ? values.filter((one): one is string => typeof one === 'string') : []
  return typeof key === 'string' && op && Object.keys(rest).length === 0 ? { key, op, values: texts } : null
}

/** The selector of some terms; those that `before` has as expressions stay so. */
export function selectorOf(pick: LabelPick, before: unknown = undefined): Fields | Refused {
  if ('expression' in pick) return refused('A selector of Calico cannot be written in this kind.')
  const old = listAt(before, ['matchExpressions'])
  const expressions: Fields[] = []
  const labels: Record<string, string> = {}
  for (const term of pick.terms) {
    const [value] = term.values
    const kept = old.some((one) => sameData(expressionOf(one), term))
    if (
      term.op === 'in' &&
      term.values.length === 1 &&
      value !== undefined &&
      !kept &&
      !Object.hasOwn(labels, term.key)
    )
      labels[term.key] = value
    else expressions.push(expressionText(term))
  }
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  }
}

const expressionText = ({ key, op, values }: LabelTerm): Fields => ({
  key,
  operator: words[op],
  ...(op === 'in' || op === 'not-in' ? { values } : {}),
})

/** Namespaces by a selector of them. `absent`: what none means. */
export function namespacesOf(selector: unknown, absent: 'own' | 'all'): NamespacePick | null {
  if (selector === undefined || selector === null) return { pick: absent }
  const terms = termsOf(selector)
  if (!terms) return null
  const [first] = terms
  if (!first) return { pick: 'all' }
  return terms.length === 1 && first.key === nameLabel && first.op === 'in'
    ? { pick: 'named', names: first.values }
    : { pick: 'labels', labels: { terms } }
}

/** null: there is no selector to write. */
export function namespaceSelectorOf(pick: NamespacePick, before: unknown = undefined): Fields | null | Refused {
  if (pick.pick === 'labels') return selectorOf(pick.labels, before)
  if (pick.pick !== 'named') return pick.pick === 'own' ? null : {}
  if (pick.names.length === 0) return refused('Name a namespace, or choose all of them.')
  return selectorOf({ terms: [{ key: nameLabel, op: 'in', values: pick.names }] }, before)
}

export const isEverything = (pick: LabelPick): boolean => 'terms' in pick && pick.terms.length === 0
