import type { Endpoint } from './endpoint'

/** What a viewer may see: everything, or a set of cluster/namespace pairs. Every read takes one. */
export type Scope = { readonly all: true } | { readonly all: false; readonly pairs: ReadonlySet<string> }

export const everything: Scope = { all: true }

export const scopePair = (cluster: string, namespace: string): string => `${cluster}/${namespace}`

export const scopeOf = (pairs: Iterable<readonly [cluster: string, namespace: string]>): Scope => ({
  all: false,
  pairs: new Set([...pairs].map(([cluster, namespace]) => scopePair(cluster, namespace))),
})

export const inScope = (scope: Scope, endpoint: Pick<Endpoint, 'cluster' | 'namespace'>): boolean =>
  scope.all || scope.pairs.has(scopePair(endpoint.cluster, endpoint.namespace))

/** Whether something of a cluster may be seen. '' is no cluster: what is of none (a receiver for all) concerns everybody. */
export function seesCluster(scope: Scope): (cluster: string) => boolean {
  if (scope.all) return () => true
  const clusters = new Set([...scope.pairs].map((pair) => pair.slice(0, pair.lastIndexOf('/'))))
  return (cluster) => cluster === '' || clusters.has(cluster)
}

/** What lies in both. */
export function bothScopes(a: Scope, b: Scope): Scope {
  if (a.all) return b
  if (b.all) return a
  return { all: false, pairs: new Set([...a.pairs].filter((pair) => b.pairs.has(pair))) }
}

/** One string per scope: caches keyed by it never mix two viewers' data. */
export const scopeKey = (scope: Scope): string => (scope.all ? '*' : JSON.stringify([...scope.pairs].sort()))
