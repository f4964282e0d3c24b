import { anyLabels, type LabelMatch } from './label-match'
import { field, fieldsAt, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields, wordAt } from './read'

/**
 * Reads a LabelSelector of Kubernetes as its API server does. An empty one is every label set.
 * @returns null where it is absent, which means something else at each place
 */
export function selectorAt(at: Reader): LabelMatch | null {
  if (isAbsent(at)) return null
  fieldsAt(at)
  for (const name of unknownFields(at, ['matchLabels', 'matchExpressions'])) refuse(field(at, name), 'is not known')
  const parts: readonly LabelMatch[] = [...pairsAt(field(at, 'matchLabels')), ...expressionsAt(at)]
  const [first] = parts
  if (first === undefined) return anyLabels
  return parts.length === 1 ? first : { op: 'every', of: parts }
}

/** Pairs that must all be equal, as `matchLabels` and the selector of a Service. */
export function pairsAt(at: Reader): readonly LabelMatch[] {
  return Object.keys(fieldsAt(at)).map((key): LabelMatch => {
    const pair = field(at, key)
    checkLabelKey(pair, key)
    const value = textAt(pair) ?? ''
    checkLabelValue(pair, value)
    return { op: 'in', key, values: [value] }
  })
}

function expressionsAt(at: Reader): readonly LabelMatch[] {
  return (itemsAt(field(at, 'matchExpressions')) ?? []).map((item): LabelMatch => {
    const key = textAt(field(item, 'key')) ?? ''
    checkLabelKey(field(item, 'key'), key)
    const operator = wordAt(field(item, 'operator'), ['In', 'NotIn', 'Exists', 'DoesNotExist'])
    if (operator === null && isAbsent(field(item, 'operator'))) refuse(field(item, 'operator'), 'is required')
    const valuesAt = field(item, 'values')
    const values = (itemsAt(valuesAt) ?? []).map((value) => {
      const text = textAt(value) ?? ''
      checkLabelValue(value, text)
      return text
    })
    const wanted = operator === 'In' || operator === 'NotIn'
    if (wanted && values.length === 0) refuse(valuesAt, `must name a value for ${operator}`)
    if (!wanted && values.length > 0) refuse(valuesAt, 'must be empty for Exists and DoesNotExist')
    if (operator === 'Exists') return { op: 'has', key }
    if (operator === 'DoesNotExist') return { op: 'lacks', key }
    return { op: operator === 'NotIn' ? 'not-in' : 'in', key, values }
  })
}

const namePart = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const dnsName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** A qualified name: up to 63 characters, after an optional DNS name of up to 253 and a slash. */
export function checkLabelKey(at: Reader, key: string): void {
  const parts = key.split('/')
  const [prefix, name] = parts.length === 1 ? [null, parts[0]] : parts
  const fits =
    parts.length <= 2 &&
    name !== undefined &&
    namePart.test(name) &&
    (prefix === null || prefix === undefined || (prefix.length <= 253 && dnsName.test(prefix)))
  if (!fits) refuse(at, `${JSON.stringify(key)} is no label key`)
}

/** Empty, or as the name of a key. */
export function checkLabelValue(at: Reader, value: string): void {
  if (value !== '' && !namePart.test(value)) refuse(at, `${JSON.stringify(value)} is no label value`)
}
