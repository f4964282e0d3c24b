import type { Labels } from '../inventory/inventory-object'
import { labelsMatch } from '../policy/label-match'
import { scopePair } from '../scope'
import { globTest } from './glob'
import { readSelector } from './selector-text'
import type { NamespaceRule, Team } from './team'

/** A namespace that exists or has had traffic. `labels` null: nothing tells them. */
export type KnownNamespace = { readonly cluster: string; readonly namespace: string; readonly labels: Labels | null }

export type KnownNamespaces = {
  /** Clusters that anything is known of. */
  readonly clusters: readonly string[]
  readonly namespaces: readonly KnownNamespace[]
}

/** Pairs `cluster/namespace` (core/scope.ts) by the name of a team; one pair may be of several. */
export type TeamNamespaces = ReadonlyMap<string, ReadonlySet<string>>

/** The namespaces of each team. Teams of one name have them together. O(rules × namespaces). */
export function teamNamespaces(
  teams: readonly Pick<Team, 'name' | 'namespaces'>[],
  known: KnownNamespaces,
): TeamNamespaces {
  const found = new Map<string, ReadonlySet<string>>()
  for (const { name, namespaces } of teams) {
    const own = namespacesOfRules(namespaces, known)
    found.set(name, new Set([...(found.get(name) ?? []), ...own]))
  }
  return found
}

/** The pairs that any of the rules means. A name without `*` is there also where nothing is known of the namespace yet. */
export function namespacesOfRules(rules: readonly NamespaceRule[], known: KnownNamespaces): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (const rule of rules) {
    if (isExact(rule)) {
      for (const cluster of rule.cluster === null ? known.clusters : [rule.cluster])
        pairs.add(scopePair(cluster, rule.name))
      continue
    }
    const fits = ruleTest(rule)
    for (const one of known.namespaces) if (fits(one)) pairs.add(scopePair(one.cluster, one.namespace))
  }
  return pairs
}

/** Whether it is one name, which is the team’s also before anything is known of it. */
export const isExact = (rule: NamespaceRule): rule is Extract<NamespaceRule, { name: string }> =>
  'name' in rule && rule.name !== '' && !rule.name.includes('*') && !rule.name.includes('/')

/** Whether a namespace is as a rule says, for many of them. */
export function ruleTest(rule: NamespaceRule): (one: KnownNamespace) => boolean {
  const here = (one: KnownNamespace): boolean =>
    (rule.cluster === null || rule.cluster === one.cluster) &&
    // What belongs to no namespace is of no team; no namespace has a slash, whatever a stranger's telemetry says.
    one.namespace !== '' &&
    !one.namespace.includes('/')
  if ('name' in rule) {
    const matches = globTest(rule.name)
    return (one) => here(one) && matches(one.namespace)
  }
  const read = readSelector(rule.selector)
  if ('problem' in read) return () => false
  // Labels that nobody told could be any: `!secret` must not let in what may be secret.
  return (one) => here(one) && one.labels !== null && labelsMatch(read.match, one.labels)
}
