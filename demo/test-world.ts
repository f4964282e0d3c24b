import { createRelayNodes } from './hubble-relay/nodes'
import { createSchedule, type Incident, leadMinutes } from './incidents/schedule'
import { applyChanges } from './kubernetes-api/changes'
import { createObjectStore, type ObjectStore } from './kubernetes-api/object-store'
import { createChurn } from './model/churn'
import { buildCluster, type Cluster } from './model/cluster'
import { company } from './model/company'
import { allObjects } from './model/objects'
import { createEnforcement } from './traffic/enforcement'
import { createEngine } from './traffic/engine'
import type { CallMade, Witness } from './traffic/made'
import { createTruth } from './traffic/truth'

export const start = Date.UTC(2026, 0, 5, 12)
export const minute = 60_000

type Options = { readonly seed?: number; readonly planned?: readonly Incident[]; readonly rateScale?: number }

/** The company on virtual time: nothing happens but by `engine.advance`. `calls` holds every call that was over. */
export function virtualWorld(witnessesOf: (cluster: Cluster) => readonly Witness[] = () => [], options: Options = {}) {
  const { seed = 1, planned = [], rateScale = 1 } = options
  const cluster = buildCluster(company, seed, start)
  const nodes = createRelayNodes(
    cluster.nodes.map((n) => n.name),
    16,
    new Set(),
  )
  const truth = createTruth()
  const calls: CallMade[] = []
  const store = storeOf(cluster)
  const engine = createEngine({
    cluster,
    churn: createChurn(cluster, seed, start),
    schedule: createSchedule(seed, start + leadMinutes * minute, planned),
    nodes,
    truth,
    seed,
    start,
    rateScale,
    enforcement: createEnforcement(store),
    onChanges: (changes, now) => applyChanges(store, changes, now),
    witnesses: [{ made: (call) => void calls.push(call) }, ...witnessesOf(cluster)],
  })
  return { cluster, engine, truth, calls, store }
}

/** The objects of a cluster as its API server begins with them. */
export function storeOf(cluster: Cluster): ObjectStore {
  const store = createObjectStore()
  for (const object of allObjects(cluster)) store.put(object)
  return store
}

/** Sums `of` over the calls by a key; calls whose key is null are left out. */
export function sumBy<T>(items: Iterable<T>, keyOf: (item: T) => string | null, of: (item: T) => number) {
  const sums = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null) sums.set(key, (sums.get(key) ?? 0) + of(item))
  }
  return sums
}
