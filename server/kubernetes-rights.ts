import type { Account } from '@/core/access/account'
import { type AskedCluster, rightsOfClusters } from '@/core/access/cluster-rights'
import type { Rights } from '@/core/access/rights'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import { everything } from '@/core/scope'
import { loadAccessFacts } from './access-facts'
import { createAccessKeeper } from './cluster-access'
import { clusterConnection, homeCluster } from './cluster-connection'
import { database } from './database'
import { readNamespaces } from './db/inventory/read-namespaces'
import { actedAs } from './identity'
import { reviewAccessOf } from './kubernetes/review-access'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { pastTheWall } from './wall'

/** A namespace that was deleted is asked about for so long. */
const recentMs = 3_600_000
const askableMs = 5_000

/**
 * What the clusters' own RBAC lets somebody do here, at most half a minute old. Of a cluster that cannot be asked nothing
 * is seen, and `unknown` names it.
 */
export async function loadKubernetesRights(account: Account): Promise<Rights> {
  const [{ known }, { value }, identity] = await Promise.all([
    loadAccessFacts(),
    askable().get('', () => pastTheWall(readAskable, (all) => all)),
    actedAs(account),
  ])
  const { home, namespaces } = value
  const clusters = [...new Set([...(home === null ? [] : [home]), ...known.clusters])]
  const asked = await Promise.all(
    clusters.map(async (cluster): Promise<AskedCluster> => {
      if ('off' in identity) return { cluster, unknown: identity.off }
      // The account of the kubeconfig is nobody's own.
      if (identity.as === null) return { cluster, unknown: 'Nobody is named to ask about.' }
      return keeper().ask(cluster, identity.as, namespaces.get(cluster) ?? [])
    }),
  )
  return rightsOfClusters(asked, known.namespaces, home ?? '')
}

const keeper = () => processWide('cluster-access', () => createAccessKeeper(review))

const review = async (cluster: string, person: ActedAs, namespaces: readonly string[]) =>
  reviewAccessOf(clusterConnection(cluster), person, namespaces)

/** What can be asked about: `home` as homeCluster says, namespaces by cluster. */
type Askable = { readonly home: string | null; readonly namespaces: ReadonlyMap<string, readonly string[]> }

const askable = () =>
  processWide('askable', () => createSharedCache<Askable>({ ttlMs: askableMs, entries: 1, weight: 1, weigh: () => 1 }))

/** Namespaces that Kubernetes told of: names from telemetry are strangers' and never asked about. */
async function readAskable(): Promise<Askable> {
  const now = Date.now()
  const namespaces = new Map<string, string[]>()
  for (const { cluster, namespace } of await readNamespaces(
    database(),
    { from: now - recentMs, to: now },
    everything,
  )) {
    const own = namespaces.get(cluster)
    if (own) own.push(namespace)
    else namespaces.set(cluster, [namespace])
  }
  return { home: homeCluster(), namespaces }
}
