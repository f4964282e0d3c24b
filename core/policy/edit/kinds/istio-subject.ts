import type { ModelObject } from '../../model'
import type { PolicyRef } from '../../normal-form'
import { istioRoot } from '../../kinds/istio-values'
import type { At, LabelTerm, Subject } from '../visual'
import { alsoIn, fieldsOf, textOf, withValue } from './fields'
import { refused, type Refused } from './kind-editor'

/** `selector.matchLabels`; a policy of the root namespace is about all of them. */
export function istioSubject(object: ModelObject, { namespace }: PolicyRef): At<Subject> {
  const spec = fieldsOf(object.spec)
  const selector = fieldsOf(spec.selector)
  const terms = Object.entries(fieldsOf(selector.matchLabels)).flatMap(([key, value]): readonly LabelTerm[] => {
    const text = textOf(value)
    return text === null ? [] : [{ key, op: 'in', values: [text] }]
  })
  const { targetRef, targetRefs } = spec
  const other = [
    ...alsoIn({ targetRef, targetRefs }, ['spec'], []),
    ...alsoIn(selector, ['spec', 'selector'], ['matchLabels']),
  ]
  return {
    path: ['spec', 'selector'],
    value: {
      namespaces: { pick: namespace === istioRoot ? 'all' : 'own' },
      pods: { terms },
      other: other.length === 0 ? null : other.map(({ yaml }) => yaml).join('\n'),
    },
  }
}

export function withIstioSubject(object: ModelObject, { pods }: Omit<Subject, 'other'>): ModelObject | Refused {
  if ('expression' in pods) return refused('A selector of Calico cannot be written in this kind.')
  const spec = fieldsOf(object.spec)
  if (spec.targetRef || spec.targetRefs) return refused('This policy names its target. Change that in the YAML.')
  if (pods.terms.length === 0) return withValue(object, ['spec', 'selector'], undefined)
  if (pods.terms.some(({ op, values }) => op !== 'in' || values.length !== 1))
    return refused('Istio selects by labels that are equal to one value only.')
  const labels = Object.fromEntries(pods.terms.map(({ key, values }) => [key, values[0]]))
  return withValue(object, ['spec', 'selector', 'matchLabels'], labels)
}
