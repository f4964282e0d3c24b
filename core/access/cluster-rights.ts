import { everything, type Scope, scopePair } from '../scope'
import { clean } from '../text/text'
import type { Rights } from './rights'

/**
 * What clusters are asked about somebody: resources that no API server has, in an API group of our own. RBAC compares
 * texts, so an ordinary Role can grant them.
 */
export const accessGroup = 'oriel.dev'

export const accessQuestions = {
  /** Sees the traffic, policies and workloads of a namespace. */
  sees: { verb: 'get', resource: 'flows' },
  /** Changes its policies from the console, where the cluster lets them. */
  edits: { verb: 'update', resource: 'policies' },
  /** Sees and changes the console's settings. Asked of the whole cluster only. */
  admin: { verb: 'update', resource: 'settings' },
} as const

export type AccessName = keyof typeof accessQuestions

/** Namespaces of one cluster; 'all': also those to come. */
export type ClusterScope = ReadonlySet<string> | 'all'

/** What one cluster says of somebody. */
export type ClusterAccess = { readonly admin: boolean; readonly sees: ClusterScope; readonly edits: ClusterScope }

/** A cluster with what it says; `unknown`: why it could not be asked, a sentence. That is not the same as no rights. */
export type AskedCluster = { readonly cluster: string } & (
  | { readonly access: ClusterAccess }
  | { readonly unknown: string }
)

/** Clusters are named by telemetry, too, so there may be any number. */
const mostUnknown = 20
const longestReason = 500

type Namespace = { readonly cluster: string; readonly namespace: string }

/**
 * The rights that clusters give. Who sees all of every cluster sees everything, what belongs to no namespace too; of a
 * cluster that could not be asked nothing is seen. Settings are for `home`, the cluster that the console runs for, to
 * give. O(clusters × namespaces).
 */
export function rightsOfClusters(asked: readonly AskedCluster[], known: readonly Namespace[], home: string): Rights {
  // A stranger's telemetry may hold any name; one with a slash would read as another cluster's.
  const namespaces = known.filter(({ namespace }) => namespace !== '' && !namespace.includes('/'))
  const unknown = asked
    .flatMap((one) => ('unknown' in one ? { cluster: one.cluster, why: clean(one.unknown, longestReason) } : []))
    .slice(0, mostUnknown)
  const sees = scopeOf(asked, namespaces, ({ sees }) => sees)
  return {
    admin: asked.some((one) => one.cluster === home && 'access' in one && one.access.admin),
    sees,
    edits: scopeOf(asked, namespaces, (access) => both(access.sees, access.edits)),
    teams: sees.all ? null : [],
    ...(unknown.length > 0 && { unknown }),
  }
}

function scopeOf(
  asked: readonly AskedCluster[],
  namespaces: readonly Namespace[],
  of: (access: ClusterAccess) => ClusterScope,
): Scope {
  const scopes = new Map(asked.map((one) => [one.cluster, 'access' in one ? of(one.access) : new Set<string>()]))
  const isAll = scopes.size > 0 && [...scopes.values()].every((scope) => scope === 'all')
  if (isAll && namespaces.every(({ cluster }) => scopes.has(cluster))) return everything
  const seen = namespaces.filter(({ cluster, namespace }) => {
    const scope = scopes.get(cluster)
    return scope === 'all' || scope?.has(namespace)
  })
  return { all: false, pairs: new Set(seen.map(({ cluster, namespace }) => scopePair(cluster, namespace))) }
}

function both(a: ClusterScope, b: ClusterScope): ClusterScope {
  if (a === 'all') return b
  return b === 'all' ? a : new Set([...a].filter((namespace) => b.has(namespace)))
}
