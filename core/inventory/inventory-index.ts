import { deepEqual } from '../text/deep-equal'
import { type Endpoint, endpointType } from '../endpoint'
import type { NodeKeys } from '../encryption/ground'
import type { Place } from '../witness/hop'
import { createAddresses, type Target } from './inventory-addresses'
import { claimLimits, type ClaimLimits, createClaims } from './inventory-claims'
import { currentItems } from './inventory-current'
import {
  type InventoryKind,
  type InventoryObject,
  isWorkload,
  type PodObject,
  type WorkloadObject,
} from './inventory-object'
import { createNodes } from './inventory-nodes'
import { asNextVersion, isSameVersion } from '../policy/policy-version'
import type { WorkloadName } from './inventory-owner'
import { createOwners } from './inventory-owners'
import { type Behind, createServices } from './inventory-services'
import type { InventoryItem } from '../world'

/** News of the cluster. `at`: when it was learnt, milliseconds. */
export type InventoryEvent =
  /** All objects of the kind; what is not among them is gone. */
  | {
      readonly type: 'reset'
      readonly kind: InventoryKind
      readonly objects: readonly InventoryObject[]
      readonly at: number
    }
  | { readonly type: 'upsert' | 'delete'; readonly object: InventoryObject; readonly at: number }

/** An object that really changed, or that was only touched (core/policy/policy-version.ts). `until`: when it ended, null while it exists. `workload` is of pods only. */
export type InventoryChange = {
  readonly object: InventoryObject
  readonly workload: WorkloadName | null
  readonly at: number
  readonly until: number | null
}

export type InventoryIndex = {
  readonly cluster: string
  /** Grows whenever an answer of workloadOf, resolveIp, placeOf or nodeKeys may have changed. */
  readonly version: number
  apply(event: InventoryEvent): InventoryChange[]
  /** The workload of a pod by its name, or of all pods of a controller (`web-7d4b9c-*`), as of `time`; null where it was never seen. O(log n). */
  workloadOf(cluster: string, namespace: string, pod: string, time: number): Endpoint | null
  /** The workload of this name, of whatever kind, as of `time`; without a namespace the only one of the cluster now. null where there is none. */
  workloadNamed(cluster: string, namespace: string, name: string, time: number): Endpoint | null
  /** What a call to a Service reaches now (core/inventory/inventory-services.ts). */
  behindService(cluster: string, namespace: string, name: string, port: number): Behind | null
  /** Whose address it was at `time`: a pod's workload, a Node (also for its hostNetwork pods) or a Service. O(log n). */
  resolveIp(cluster: string, ip: string, time: number): Endpoint | null
  /** Where a pod was at `time`, by its name, else by an address; where a node of that address is. null where it was never seen. O(log n). */
  placeOf(cluster: string, namespace: string, pod: string, ip: string, time: number): Place | null
  /** Keys that a node had at `time`; null where nothing tells. O(log n). */
  nodeKeys(cluster: string, node: string, time: number): NodeKeys | null
  /** Workloads and Services that exist now. Computed anew after a change. */
  items(): readonly InventoryItem[]
  /** Names of the Services (same namespace) in front of the workload now. */
  servicesOf(workload: Endpoint): readonly string[]
  objects<K extends InventoryKind>(kind: K): Iterable<Extract<InventoryObject, { kind: K }>>
  count(kind: InventoryKind): number
  /** Forgets what ended longer than the retention before `now`. */
  prune(now: number): void
  /** Objects and intervals that did not fit the limits. */
  readonly dropped: number
}

export type IndexLimits = {
  /** How long ended intervals can still be asked for, milliseconds. */
  readonly retentionMs: number
  readonly maxObjects: number
  readonly claims: ClaimLimits
}

export const indexLimits: IndexLimits = { retentionMs: 3_600_000, maxObjects: 500_000, claims: claimLimits }

/** Folds the objects of one cluster into who had which name and address when. */
export function createInventoryIndex(cluster: string, limits: IndexLimits = indexLimits): InventoryIndex {
  const live = new Map<InventoryKind, Map<string, InventoryObject>>()
  const of = (kind: InventoryKind): Map<string, InventoryObject> => {
    let objects = live.get(kind)
    if (!objects) live.set(kind, (objects = new Map()))
    return objects
  }
  const podOf = (uid: string) => of('Pod').get(uid) as PodObject | undefined
  const ownerOf = (uid: string) => (of('ReplicaSet').get(uid) ?? of('Job').get(uid)) as WorkloadObject | undefined
  const owners = createOwners(cluster, podOf, ownerOf)
  const names = createClaims<Target>(limits.claims)
  const addresses = createAddresses(cluster, limits.claims)
  const nodes = createNodes(cluster, limits.claims)
  const services = createServices((uid) => owners.targetOf(uid)?.endpoint)
  let version = 0
  let revision = 0
  let refused = 0
  let total = 0
  let known: {
    revision: number
    items: InventoryItem[]
    services: Map<string, readonly string[]>
    /** Workloads by name alone; null where several have it. */
    byName: Map<string, Endpoint | null>
  } | null = null

  const change = (object: InventoryObject, at: number, until: number | null): InventoryChange => {
    const workload = object.kind === 'Pod' ? (owners.targetOf(object.uid)?.endpoint ?? null) : null
    return { object, workload: workload && { kind: workload.kind, name: workload.name }, at, until }
  }

  const seePod = (pod: PodObject, before: PodObject | undefined, at: number): void => {
    const { endpoint, place } = owners.targetOf(pod.uid) ?? {}
    const target = owners.follow(pod, before)
    if (!before) names.open(podName(pod), pod.uid, Math.min(pod.createdAt || at, at), target)
    if (addresses.pod(pod, before, target, at) || target.endpoint !== endpoint || target.place !== place) version++
  }

  const losePod = (pod: PodObject, at: number): void => {
    const target = owners.targetOf(pod.uid)
    if (target) addresses.pod(undefined, pod, target, at)
    names.close(podName(pod), pod.uid, at)
    owners.forget(pod)
    version++
  }

  const nameWorkload = (object: WorkloadObject, at: number): void => {
    const { namespace, owner } = object
    const { kind, name } = owner && endpointType(owner) === 'workload' ? owner : object
    const target = { endpoint: { cluster, namespace, kind, name }, place: null }
    for (const own of namesOf(object)) names.open(own, object.uid, Math.min(object.createdAt || at, at), target)
    version++
  }

  const upsert = (seen: InventoryObject, at: number): InventoryChange[] => {
    const objects = of(seen.kind)
    const before = objects.get(seen.uid)
    const object = before ? asNextVersion(before, seen, at) : seen
    if (before && deepEqual(before, object)) return []
    if (!before && total >= limits.maxObjects) {
      refused++
      return []
    }
    if (!before) total++
    objects.set(object.uid, object)
    if (before && isSameVersion(before, object)) return [change(object, at, null)]
    revision++
    if (object.kind === 'Pod') seePod(object, before as PodObject | undefined, at)
    else if (addresses.object(object, before, at)) version++
    if (nodes.see(object, before, at)) version++
    services.see(object, before)
    if (isWorkload(object) && !before) nameWorkload(object, at)
    const changes = [change(object, at, null)]
    if (isWorkload(object) && (!before || before.owner?.uid !== object.owner?.uid)) {
      for (const pod of owners.resettle(object)) changes.push(change(pod, at, null))
      if (changes.length > 1) version++
    }
    return changes
  }

  const remove = (last: InventoryObject, at: number): InventoryChange[] => {
    const objects = of(last.kind)
    if (!objects.has(last.uid)) return []
    // The last version may tell when the pod ended.
    upsert(last, at)
    const result = change(last, at, at)
    objects.delete(last.uid)
    total--
    revision++
    if (last.kind === 'Pod') losePod(last, at)
    else if (addresses.object(undefined, last, at)) version++
    if (nodes.see(undefined, last, at)) version++
    services.see(undefined, last)
    if (isWorkload(last)) for (const name of namesOf(last)) names.close(name, last.uid, at)
    return [result]
  }

  const reset = (kind: InventoryKind, objects: readonly InventoryObject[], at: number): InventoryChange[] => {
    const present = new Set(objects.map((object) => object.uid))
    const gone = [...of(kind).values()].filter((object) => !present.has(object.uid))
    const changes: InventoryChange[] = []
    for (const object of gone) changes.push(...remove(object, at))
    for (const object of objects) changes.push(...upsert(object, at))
    return changes
  }

  const current = () => {
    if (known?.revision === revision) return known
    const items = currentItems({
      cluster,
      pods: index.objects('Pod'),
      workloadOf: (pod) => owners.targetOf(pod.uid)?.endpoint,
      workloads: [...live.values()].flatMap((objects) => [...objects.values()].filter(isWorkload)),
      services: index.objects('Service'),
      slices: index.objects('EndpointSlice'),
    })
    const services = new Map(items.map((item) => [nameKey(item.endpoint), item.services]))
    return (known = { revision, items, services, byName: workloadsByName(items) })
  }

  const index: InventoryIndex = {
    cluster,
    get version() {
      return version
    },
    get dropped() {
      return refused + names.dropped + addresses.dropped
    },
    apply(event) {
      if (event.type === 'reset') return reset(event.kind, event.objects, event.at)
      return event.type === 'upsert' ? upsert(event.object, event.at) : remove(event.object, event.at)
    },
    workloadOf(asked, namespace, pod, time) {
      if (asked !== cluster) return null
      return names.near(`${namespace}/${pod}`, time, Infinity, Infinity)?.endpoint ?? null
    },
    workloadNamed(asked, namespace, name, time) {
      if (asked !== cluster) return null
      if (namespace === '') return current().byName.get(name) ?? null
      return names.near(workloadKey(namespace, name), time, Infinity, Infinity)?.endpoint ?? null
    },
    behindService: (asked, namespace, name, port) =>
      asked === cluster ? services.behind(namespace, name, port) : null,
    resolveIp: (asked, ip, time) =>
      asked === cluster && ip !== '' ? (addresses.resolve(ip, time)?.endpoint ?? null) : null,
    placeOf(asked, namespace, pod, ip, time) {
      if (asked !== cluster) return null
      if (pod !== '') return names.near(`${namespace}/${pod}`, time, Infinity, Infinity)?.place ?? null
      return ip === '' ? null : (addresses.resolve(ip, time)?.place ?? null)
    },
    nodeKeys: (asked, node, time) => (asked === cluster ? nodes.keysOf(node, time) : null),
    items: () => current().items,
    servicesOf: (workload) => current().services.get(nameKey(workload)) ?? [],
    objects: (kind) => of(kind).values() as Iterable<never>,
    count: (kind) => of(kind).size,
    prune(now) {
      names.prune(now - limits.retentionMs)
      addresses.prune(now - limits.retentionMs)
      nodes.prune(now - limits.retentionMs)
    },
  }
  return index
}

/** Names by which a controller is found: as a workload, where nothing owns it, and for all its pods. No pod's name has a `/` or `*`. */
const namesOf = ({ namespace, name, owner }: WorkloadObject): readonly string[] =>
  owner ? [`${namespace}/${name}-*`] : [workloadKey(namespace, name), `${namespace}/${name}-*`]
const workloadKey = (namespace: string, name: string) => `${namespace}//${name}`

function workloadsByName(items: readonly InventoryItem[]): Map<string, Endpoint | null> {
  const byName = new Map<string, Endpoint | null>()
  for (const { endpoint } of items) {
    if (endpointType(endpoint) === 'workload') byName.set(endpoint.name, byName.has(endpoint.name) ? null : endpoint)
  }
  return byName
}

const podName = (pod: PodObject) => `${pod.namespace}/${pod.name}`
const nameKey = (e: Endpoint) => `${e.namespace}/${e.kind}/${e.name}`
