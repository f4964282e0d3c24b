import type { Pool } from '@/server/db/pool'
import type { Config } from '@/server/env'
import { hasKubernetes, loadKubernetes } from '@/server/kubernetes/client'
import { log } from '@/server/log'
import { discoveryInventory, runInventory } from './inventory'
import { keepMeshRoots } from './mesh-roots'
import { type InventoryLookup, noInventory } from './resolve'
import type { DiscoveryInventory } from './source'

export type StartedInventory = {
  /** Name that endpoints of this cluster are kept under. */
  readonly cluster: string
  readonly lookup: InventoryLookup
  /** null where Kubernetes is not read. */
  readonly discovery: DiscoveryInventory | null
  readonly ready: Promise<void>
  readonly done: Promise<void>
}

/** Reads the inventory of the configured cluster; without one, names come from the sources alone. Throws AppError for a kubeconfig that cannot work. */
export function startInventory(config: Config, pool: Pool, signal: AbortSignal): StartedInventory {
  const { enabled, ...options } = config.kubernetes
  const kubernetes = { ...options, cluster: config.cluster }
  if (!enabled || !hasKubernetes(kubernetes)) {
    log.info('no Kubernetes is read: names of workloads come from the sources')
    const now = Promise.resolve()
    return { cluster: config.cluster ?? 'default', lookup: noInventory, discovery: null, ready: now, done: now }
  }
  const connection = loadKubernetes(kubernetes)
  const { index, ready, done } = runInventory({ connection, pool, signal, log })
  const ended = Promise.all([done, keepMeshRoots({ connection, pool, signal, log })]).then(() => {})
  return { cluster: connection.cluster, lookup: index, discovery: discoveryInventory(index), ready, done: ended }
}
