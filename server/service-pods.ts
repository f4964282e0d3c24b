import type { Endpoint } from '@/core/endpoint'
import { inScope, type Scope } from '@/core/scope'
import { buildServicePods, type ServicePods } from '@/core/services/service-pods'
import type { Window } from '@/core/time'
import { storedIds } from '@/core/world'
import { readObjectsAt } from '@/server/db/policy/read-objects-at'
import { readPodRestarts } from '@/server/db/inventory/read-pod-restarts'
import { readPods } from '@/server/db/inventory/read-pods'
import { readRecordShapes } from '@/server/db/flows/read-record-shapes'
import { database } from './database'
import { loadServiceWorld } from './service-world'
import { pastTheWall } from './wall'
import type { When } from './when'

/** Raw records are looked at no further back than this: enough to compare pods. */
const sampleMs = 5 * 60_000

/** Pods of an endpoint in a window and the policies that select them, of a namespace within the scope. */
export async function loadServicePods(when: When, scope: Scope, self: Endpoint): Promise<ServicePods> {
  const { window, recording } = when
  const visible = self.namespace === '' ? scope.all : inScope(scope, self)
  // A recording is of traffic alone.
  if (recording !== null || !visible) return nothing(when)
  const db = database()
  const sampled = { from: Math.max(window.from, window.to - sampleMs), to: window.to }
  const [{ world, incoming }, pods, objects] = await Promise.all([
    loadServiceWorld(when, scope, self),
    readPods(db, window, self),
    self.namespace === '' ? [] : readObjectsAt(db, self, ['NetworkPolicy', 'EndpointSlice'], window.to),
  ])
  const uids = pods.map(({ pod }) => pod.uid)
  const edgeIds = world.edges.filter(({ edge }) => incoming.has(edge.id)).flatMap(storedIds)
  return buildServicePods({
    window,
    known: pods.length > 0 || world.inventory.length > 0,
    pods,
    slices: objects.flatMap((object) => (object.kind === 'EndpointSlice' ? object : [])),
    policies: objects.flatMap((object) => (object.kind === 'NetworkPolicy' ? object : [])),
    records: pods.length === 0 ? [] : await readOwnRecords(sampled, edgeIds),
    restarts: await readPodRestarts(db, window, self.cluster, uids),
  })
}

/** What a record of a crossing edge has in common with others also tells of the caller; only the callee's pod is taken from it. */
const readOwnRecords = (window: Window, edgeIds: readonly number[]) =>
  pastTheWall(
    () => readRecordShapes(database(), { window, edgeIds }),
    (groups) => groups,
  )

const nothing = ({ window }: When): ServicePods =>
  buildServicePods({ window, known: false, pods: [], slices: [], policies: [], records: [], restarts: [] })
