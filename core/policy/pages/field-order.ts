import { isFields } from '../read'

/** What people write first and last in policies; all else stays between, as it came. */
const first = `apiVersion kind metadata name namespace labels annotations description
tier order priority subject selector endpointSelector namespaceSelector podSelector
matchLabels matchExpressions key operator policyTypes types action from to`.split(/\s/)
const last = 'ingress ingressDeny egress egressDeny rules ports toPorts protocol port endPort'.split(' ')
const ranks = new Map([
  ...first.map((name, i) => [name, i - first.length] as const),
  ...last.map((name, i) => [name, i + 1] as const),
])
const rankOf = (name: string): number => ranks.get(name) ?? 0

/** The same value with its fields in the order that people write them in: databases keep none. */
export function inFieldOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inFieldOrder)
  if (!isFields(value)) return value
  const sorted = Object.entries(value).toSorted(([a], [b]) => rankOf(a) - rankOf(b))
  return Object.fromEntries(sorted.map(([key, item]) => [key, inFieldOrder(item)]))
}
