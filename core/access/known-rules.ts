import { scopePair } from '../scope'
import type { NamespaceRule } from './team'
import { isExact, type KnownNamespaces, namespacesOfRules, ruleTest } from './team-namespaces'

/** What nothing is known of in rules: to come, or mistyped. */
export type UnknownOfRules = { readonly rules: readonly NamespaceRule[]; readonly clusters: readonly string[] }

/** The pairs of what is known. */
export const pairsOfKnown = ({ namespaces }: KnownNamespaces): ReadonlySet<string> =>
  new Set(namespaces.map(({ cluster, namespace }) => scopePair(cluster, namespace)))

/** The pairs that rules mean, of namespaces that exist or have had traffic. Whoever asks often gives `there`. */
export function knownPairs(
  rules: readonly NamespaceRule[],
  known: KnownNamespaces,
  there = pairsOfKnown(known),
): ReadonlySet<string> {
  return new Set([...namespacesOfRules(rules, known)].filter((pair) => there.has(pair)))
}

/** Names that no cluster has, where their rule may be, and clusters that nothing tells of. */
export function unknownOfRules(rules: readonly NamespaceRule[], known: KnownNamespaces): UnknownOfRules {
  const clusters = new Set(rules.flatMap(({ cluster }) => (cluster === null ? [] : [cluster])))
  for (const cluster of known.clusters) clusters.delete(cluster)
  const isUnknown = (rule: NamespaceRule): boolean =>
    isExact(rule) && !clusters.has(rule.cluster ?? '') && !known.namespaces.some(ruleTest(rule))
  return { rules: rules.filter(isUnknown), clusters: [...clusters] }
}
