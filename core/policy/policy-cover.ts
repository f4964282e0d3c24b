import type { Endpoint } from '../endpoint'
import { endpointKey } from '../endpoint'
import type { Labels } from '../inventory/inventory-object'
import { scopePair } from '../scope'

/** A NetworkPolicy as far as it says whom it is about. `selector`: its podSelector as stored, of unknown shape. */
export type PolicySelector = {
  readonly cluster: string
  readonly namespace: string
  readonly name: string
  readonly selector: unknown
}

/** Pods of one workload that have the same labels. */
export type LabelledPods = { readonly workload: Endpoint; readonly labels: Labels }

/**
 * Names of the NetworkPolicies that select pods of each workload, by endpointKey; workloads that none selects
 * are absent. A selector that cannot be read selects nothing. O(pods' label sets × policies of their namespace).
 */
export function policyCover(
  policies: readonly PolicySelector[],
  pods: readonly LabelledPods[],
): ReadonlyMap<string, readonly string[]> {
  const byNamespace = new Map<string, { name: string; matches: (labels: Labels) => boolean }[]>()
  for (const { cluster, namespace, name, selector } of policies) {
    const key = scopePair(cluster, namespace)
    const own = byNamespace.get(key) ?? []
    own.push({ name, matches: compileSelector(selector) })
    byNamespace.set(key, own)
  }
  const cover = new Map<string, Set<string>>()
  for (const { workload, labels } of pods) {
    for (const { name, matches } of byNamespace.get(scopePair(workload.cluster, workload.namespace)) ?? []) {
      if (!matches(labels)) continue
      const key = endpointKey(workload)
      const names = cover.get(key)
      if (names) names.add(name)
      else cover.set(key, new Set([name]))
    }
  }
  return new Map([...cover].map(([key, names]) => [key, [...names].sort()]))
}

/** A Kubernetes label selector: every part must hold, none selects all. */
function compileSelector(selector: unknown): (labels: Labels) => boolean {
  if (!isRecord(selector)) return () => false
  const { matchLabels = {}, matchExpressions = [] } = selector
  if (!isRecord(matchLabels) || !Array.isArray(matchExpressions)) return () => false
  const pairs = Object.entries(matchLabels)
  const expressions = matchExpressions.map(compileExpression)
  return (labels) =>
    pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    expressions.every((holds) => holds(labels))
}

function compileExpression(expression: unknown): (labels: Labels) => boolean {
  if (!isRecord(expression) || typeof expression.key !== 'string') return () => false
  const { key, operator } = expression
  const values: readonly unknown[] = Array.isArray(expression.values) ? expression.values : []
  const has = (labels: Labels) => Object.hasOwn(labels, key)
  switch (operator) {
    case 'In':
      return (labels) => has(labels) && values.includes(labels[key])
    case 'NotIn':
      return (labels) => !has(labels) || !values.includes(labels[key])
    case 'Exists':
      return has
    case 'DoesNotExist':
      return (labels) => !has(labels)
    default:
      return () => false
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
