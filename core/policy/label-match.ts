import type { Labels } from '../inventory/inventory-object'

/** A condition on labels: what selectors of Kubernetes, Cilium and Calico say. `has` compares nothing. */
export type LabelMatch =
  | { readonly op: 'any' }
  | { readonly op: 'in' | 'not-in'; readonly key: string; readonly values: readonly string[] }
  | { readonly op: 'has' | 'lacks'; readonly key: string }
  | { readonly op: 'contains' | 'starts-with' | 'ends-with'; readonly key: string; readonly value: string }
  | { readonly op: 'every' | 'some'; readonly of: readonly LabelMatch[] }
  | { readonly op: 'not'; readonly of: LabelMatch }

export const anyLabels: LabelMatch = { op: 'any' }
export const noLabels: LabelMatch = { op: 'some', of: [] }

/** `not-in` and `lacks` hold where the key is missing; the rest do not. */
export function labelsMatch(match: LabelMatch, labels: Labels): boolean {
  switch (match.op) {
    case 'any':
      return true
    case 'every':
      return match.of.every((part) => labelsMatch(part, labels))
    case 'some':
      return match.of.some((part) => labelsMatch(part, labels))
    case 'not':
      return !labelsMatch(match.of, labels)
    case 'has':
      return valueOf(labels, match.key) !== undefined
    case 'lacks':
      return valueOf(labels, match.key) === undefined
    default:
      return valueMatches(match, valueOf(labels, match.key))
  }
}

type ValueMatch = Extract<LabelMatch, { op: 'in' | 'not-in' | 'contains' | 'starts-with' | 'ends-with' }>

function valueMatches(match: ValueMatch, value: string | undefined): boolean {
  if (value === undefined) return match.op === 'not-in'
  switch (match.op) {
    case 'in':
      return match.values.includes(value)
    case 'not-in':
      return !match.values.includes(value)
    case 'contains':
      return value.includes(match.value)
    case 'starts-with':
      return value.startsWith(match.value)
    case 'ends-with':
      return value.endsWith(match.value)
  }
}

const valueOf = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined
