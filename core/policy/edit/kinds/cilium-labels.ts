import { ciliumKeys } from '../../kinds/cilium-selector'
import { type Fields, isFields } from '../../read'
import type { LabelPick, LabelTerm, NamespacePick } from '../visual'
import { fieldsOf, listAt, textOf } from './fields'
import { isRefused, refused, type Refused } from './kind-editor'
import { selectorOf, termsOf } from './selectors'

/** Labels of Kubernetes are written with and without their source. */
const bare = (key: string) => key.replace(/^(?:k8s|any):/, '')

/** A selector of endpoints: what it says of labels, and of namespaces. null: it has something else. */
export function endpointsOf(
  selector: unknown,
  absent: 'own' | 'all',
): { readonly namespaces: NamespacePick; readonly pods: LabelPick } | null {
  const terms = termsOf(selector)?.map((term) => ({ ...term, key: bare(term.key) }))
  if (!terms) return null
  const named = terms.filter(({ key }) => key === ciliumKeys.namespace)
  const labelled = terms.filter(({ key }) => key.startsWith(ciliumKeys.namespaceLabels))
  const pods = { terms: terms.filter((term) => !named.includes(term) && !labelled.includes(term)) }
  const [first] = named
  if (named.length > 1 || (first && labelled.length > 0)) return null
  if (first) {
    if (first.op === 'has') return { namespaces: { pick: 'all' }, pods }
    return first.op === 'in' ? { namespaces: { pick: 'named', names: first.values }, pods } : null
  }
  if (labelled.length === 0) return { namespaces: { pick: absent }, pods }
  const labels = {
    terms: labelled.map((term) => ({ ...term, key: term.key.slice(ciliumKeys.namespaceLabels.length) })),
  }
  return { namespaces: { pick: 'labels', labels }, pods }
}

/** The selector, with keys as `before` writes them. `absent`: what no condition on namespaces means there. */
export function endpointSelector(
  namespaces: NamespacePick,
  pods: LabelPick,
  absent: 'own' | 'all',
  before: unknown = undefined,
): Fields | Refused {
  if ('expression' in pods) return refused('A selector of Calico cannot be written in this kind.')
  const spaces = namespaceTerms(namespaces, absent)
  if (isRefused(spaces)) return spaces
  const written = keysOf(before)
  const terms = [...spaces, ...pods.terms].map((term) => ({
    ...term,
    key: written.find((key) => bare(key) === bare(term.key)) ?? term.key,
  }))
  return selectorOf({ terms }, before)
}

function namespaceTerms(pick: NamespacePick, absent: 'own' | 'all'): readonly LabelTerm[] | Refused {
  const key = `k8s:${ciliumKeys.namespace}`
  switch (pick.pick) {
    case 'named':
      return [{ key, op: 'in', values: pick.names }]
    case 'labels':
      if ('expression' in pick.labels) return refused('A selector of Calico cannot be written in this kind.')
      return pick.labels.terms.map((term) => ({ ...term, key: `k8s:${ciliumKeys.namespaceLabels}${term.key}` }))
    case 'all':
      return absent === 'all' ? [] : [{ key, op: 'has', values: [] }]
    case 'own':
      return absent === 'own' ? [] : refused('A clusterwide policy has no namespace of its own. Name one.')
  }
}

const keysOf = (selector: unknown): readonly string[] =>
  isFields(selector)
    ? [
        ...Object.keys(fieldsOf(selector.matchLabels)),
        ...listAt(selector, ['matchExpressions']).flatMap((one) => textOf(fieldsOf(one).key) ?? []),
      ]
    : []
