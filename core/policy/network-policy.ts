import type { Labels } from '../inventory/inventory-object'

/** A policy that selects pods, and which directions it isolates them in. */
export type SelectingPolicy = {
  readonly kind: string
  readonly name: string
  /** Whether it is in force for what comes in, and for what goes out. */
  readonly ingress: boolean
  readonly egress: boolean
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/**
 * Whether a label selector of Kubernetes picks an object with these labels. An empty selector picks all; an
 * operator that is not known picks none, so that nothing is claimed that may not be so.
 */
export function selectorPicks(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector)
  const has = (key: string) => Object.hasOwn(labels, key)
  return (
    Object.entries(fieldsOf(matchLabels)).every(([key, value]) => has(key) && labels[key] === value) &&
    listOf(matchExpressions).every((expression) => {
      const { key, operator, values } = fieldsOf(expression)
      if (typeof key !== 'string') return false
      const among = () => has(key) && listOf(values).includes(labels[key])
      switch (operator) {
        case 'In':
          return among()
        case 'NotIn':
          return !among()
        case 'Exists':
          return has(key)
        case 'DoesNotExist':
          return !has(key)
        default:
          return false
      }
    })
  )
}

/**
 * The NetworkPolicies of a namespace that select pods with any of these label sets, in order of name. A policy
 * that does not say its types isolates ingress, and egress where it has rules for it (the API's own rule).
 */
export function selectingPolicies(
  policies: Iterable<{ readonly kind: string; readonly name: string; readonly spec: unknown }>,
  pods: readonly Labels[],
): readonly SelectingPolicy[] {
  const found: SelectingPolicy[] = []
  for (const { kind, name, spec } of policies) {
    const { podSelector, policyTypes, egress } = fieldsOf(spec)
    if (!pods.some((labels) => selectorPicks(podSelector, labels))) continue
    const types = listOf(policyTypes)
    found.push({
      kind,
      name,
      ingress: types.length === 0 || types.includes('Ingress'),
      egress: types.length === 0 ? listOf(egress).length > 0 : types.includes('Egress'),
    })
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}
