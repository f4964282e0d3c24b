import { parseSelector, type Selector } from '../../kinds/calico-selector'
import type { LabelPick, LabelTerm, NamespacePick } from '../visual'
import { nameLabel } from './selectors'

/** A selector of Calico as terms, or as it is written where it is no list of them. Absent is everything. */
export function pickOf(text: string | null): LabelPick {
  if (text === null) return { terms: [] }
  const read = parseSelector(text)
  const terms = 'selector' in read ? termsOf(read.selector) : null
  return terms ? { terms } : { expression: text }
}

function termsOf(selector: Selector): readonly LabelTerm[] | null {
  switch (selector.is) {
    case 'all()':
      return []
    case '&&': {
      const parts = selector.of.map(termsOf)
      return parts.every((part) => part?.length === 1) ? parts.flatMap((part) => part ?? []) : null
    }
    case 'has()':
      return [{ key: selector.key, op: 'has', values: [] }]
    case '!':
      return selector.of.is === 'has()' ? [{ key: selector.of.key, op: 'lacks', values: [] }] : null
    case '==':
    case '!=':
      return [{ key: selector.key, op: selector.is === '==' ? 'in' : 'not-in', values: [selector.value] }]
    case 'in':
    case 'not in':
      return [{ key: selector.key, op: selector.is === 'in' ? 'in' : 'not-in', values: selector.values }]
    default:
      return null
  }
}

/** As people write it; everything is `all()`. */
export function selectorText(pick: LabelPick): string {
  if ('expression' in pick) return pick.expression
  return pick.terms.length === 0 ? 'all()' : pick.terms.map(termText).join(' && ')
}

function termText({ key, op, values }: LabelTerm): string {
  if (op === 'has') return `has(${key})`
  if (op === 'lacks') return `!has(${key})`
  const [value = ''] = values
  if (values.length === 1) return `${key} ${op === 'in' ? '==' : '!='} ${quoted(value)}`
  return `${key} ${op === 'in' ? 'in' : 'not in'} {${values.map(quoted).join(', ')}}`
}

const quoted = (value: string) => (value.includes("'") ? `"${value}"` : `'${value}'`)

/** The selector for what is chosen; the one that stands there where it says the same. null: none is needed. */
export function selectorFor(pick: LabelPick, before: string | null): string | null {
  const text = selectorText(pick)
  if (before !== null && selectorText(pickOf(before)) === text) return before
  return before === null && text === 'all()' ? null : text
}

const names = ['projectcalico.org/name', nameLabel]

/** `namespaceSelector` of a rule or a global policy. */
export function calicoNamespaces(text: string | null, absent: 'own' | 'all'): NamespacePick {
  if (text === null) return { pick: absent }
  const pick = pickOf(text)
  if (!('terms' in pick)) return { pick: 'labels', labels: pick }
  const [first] = pick.terms
  if (!first) return { pick: 'all' }
  const named = pick.terms.length === 1 && first.op === 'in' && names.includes(first.key)
  return named ? { pick: 'named', names: first.values } : { pick: 'labels', labels: pick }
}

/** null: there is no selector to write. `global`: of a policy whose rules are about every namespace without one. */
export function calicoNamespaceText(pick: NamespacePick, global: boolean): string | null {
  switch (pick.pick) {
    case 'own':
      return null
    case 'all':
      return global ? null : 'all()'
    case 'named':
      return selectorText({ terms: [{ key: 'projectcalico.org/name', op: 'in', values: pick.names }] })
    case 'labels':
      return selectorText(pick.labels)
  }
}
