import type { LabelMatch } from '../label-match'
import { checkLabelKey, checkLabelValue } from '../label-selector'
import { field, fieldsAt, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields, wordAt } from '../read'

/** One condition of a selector on a label. `source`: what stands before the colon of its key; `any` without one. */
export type Requirement = {
  readonly source: string
  readonly key: string
  readonly op: 'in' | 'not-in' | 'has' | 'lacks'
  /** Empty for has and lacks. */
  readonly values: readonly string[]
  /** Whether it is one of `matchLabels`. */
  readonly pair: boolean
}

/** Keys by which selectors of Cilium see what is no label of the pod. */
export const ciliumKeys = {
  namespace: 'io.kubernetes.pod.namespace',
  namespaceLabels: 'io.cilium.k8s.namespace.labels.',
  account: 'io.cilium.k8s.policy.serviceaccount',
  cluster: 'io.cilium.k8s.policy.cluster',
} as const

/** The conditions of a selector, which must all hold; null: it is absent. */
export function requirementsAt(at: Reader): readonly Requirement[] | null {
  if (isAbsent(at)) return null
  fieldsAt(at)
  for (const name of unknownFields(at, ['matchLabels', 'matchExpressions'])) refuse(field(at, name), 'is not known')
  return [...pairsAt(field(at, 'matchLabels')), ...(itemsAt(field(at, 'matchExpressions')) ?? []).map(expressionAt)]
}

function pairsAt(at: Reader): readonly Requirement[] {
  return Object.keys(fieldsAt(at)).map((name): Requirement => {
    const pair = field(at, name)
    const value = textAt(pair) ?? ''
    checkLabelValue(pair, value)
    return { ...keyOf(pair, name), op: 'in', values: [value], pair: true }
  })
}

const operators = { In: 'in', NotIn: 'not-in', Exists: 'has', DoesNotExist: 'lacks' } as const

function expressionAt(at: Reader): Requirement {
  const keyAt = field(at, 'key')
  const operatorAt = field(at, 'operator')
  const word = wordAt(operatorAt, ['In', 'NotIn', 'Exists', 'DoesNotExist'])
  if (isAbsent(operatorAt)) refuse(operatorAt, 'is required')
  const valuesAt = field(at, 'values')
  const values = (itemsAt(valuesAt) ?? []).map((item) => {
    const text = textAt(item) ?? ''
    checkLabelValue(item, text)
    return text
  })
  const wanted = word === 'In' || word === 'NotIn'
  if (wanted && values.length === 0) refuse(valuesAt, `must name a value for ${word}`)
  if (word !== null && !wanted && values.length > 0) refuse(valuesAt, 'must be empty for Exists and DoesNotExist')
  return { ...keyOf(keyAt, textAt(keyAt) ?? ''), op: word === null ? 'in' : operators[word], values, pair: false }
}

function keyOf(at: Reader, text: string): Pick<Requirement, 'source' | 'key'> {
  const colon = text.indexOf(':')
  const source = colon < 0 ? 'any' : text.slice(0, colon)
  const key = text.slice(colon + 1)
  checkLabelKey(at, key)
  return { source, key }
}

/** The condition on labels by its key, whatever its source. */
export const labelOf = ({ key, op, values }: Requirement): LabelMatch =>
  op === 'has' || op === 'lacks' ? { op, key } : { op, key, values }
