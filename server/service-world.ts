import { type Versus, versusWindow } from '@/core/compare/compare-window'
import { countsAt, detoursOf } from '@/core/witness/detours'
import { type Endpoint, endpointKey } from '@/core/endpoint'
import { type Scope, scopeKey, scopePair } from '@/core/scope'
import type { World } from '@/core/world'
import { readEdges } from '@/server/db/names/read-edges'
import { readNearEdges } from '@/server/db/buckets/read-near-edges'
import { database } from './database'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { loadSteps, type Steps } from './steps'
import type { When } from './when'
import { judged, loadTraffic, readWorld } from './world'

/** What a service's page is made of: its edges, now, before and over time. */
export type ServiceWorld = {
  /** Holds no other edges than those of the service. */
  readonly world: World
  /** Rows of `edgeId` in `incoming` are of what comes in, the others of what goes out. */
  readonly steps: Steps
  readonly incoming: ReadonlySet<number>
}

const points = 120

/** The views of one page ask for the same within a moment. */
const kept = () =>
  processWide('service-worlds', () =>
    createSharedCache<ServiceWorld>({
      ttlMs: 5_000,
      entries: 20,
      weight: 100_000,
      weigh: ({ world, steps }) => world.edges.length + steps.rows.length,
    }),
  )

/** The edges of an endpoint within the scope. Grows with its edges and those that decide what they are (read-near-edges). */
export async function loadServiceWorld(when: When, scope: Scope, self: Endpoint): Promise<ServiceWorld> {
  const { window, recording } = when
  const key = JSON.stringify([window, recording, scopeKey(scope), endpointKey(self)])
  return (await kept().get(key, () => readServiceWorld({ window, recording }, scope, self))).value
}

async function readServiceWorld(when: When, scope: Scope, self: Endpoint): Promise<ServiceWorld> {
  const part = await partAround(self, scope)
  const world = await judged(worldAround(when, scope, self, part), when, scope)
  const isIncoming = (end: Endpoint) => isSame(end, self)
  const detours = detoursOf(world)
  const counted = world.edges.filter(({ edge }) => countsAt(detours, edge, isIncoming(edge.to) ? 'to' : 'from'))
  const steps = await loadSteps(when, counted, points, ({ to }) => isIncoming(to))
  const incoming = new Set(world.edges.filter(({ edge }) => isIncoming(edge.to)).map(({ edge }) => edge.id))
  return { world, steps, incoming }
}

/** The same edges over the window that a page compares with; null of a recording, which has no other. */
export async function loadServiceBefore(
  { window, recording }: When,
  versus: Versus,
  scope: Scope,
  self: Endpoint,
): Promise<World | null> {
  if (recording !== null) return null
  const before = { window: versusWindow(window, versus), recording }
  return worldAround(before, scope, self, await partAround(self, scope))
}

/** Only those namespaces' inventory is read that the edges touch: it tells names and Services. */
async function partAround(self: Endpoint, scope: Scope) {
  const edgeIds = await readNearEdges(database(), self)
  const edges = await readEdges(database(), edgeIds)
  const pairs = new Set([scopePair(self.cluster, self.namespace)])
  for (const { from, to } of edges.values())
    for (const { cluster, namespace } of [from, to]) pairs.add(scopePair(cluster, namespace))
  const visible = scope.all ? pairs : new Set([...pairs].filter((pair) => scope.pairs.has(pair)))
  return { edgeIds, inventory: { all: false, pairs: visible } as const }
}

async function worldAround(
  when: When,
  scope: Scope,
  self: Endpoint,
  part: Awaited<ReturnType<typeof partAround>>,
): Promise<World> {
  // Without an inventory, names are told apart by all other edges.
  const known = when.recording === null ? await readWorld(when, scope, part) : null
  const world = known && known.inventory.length > 0 ? known : await loadTraffic(when, scope)
  return { ...world, edges: world.edges.filter(({ edge }) => isSame(edge.from, self) || isSame(edge.to, self)) }
}

const isSame = (a: Endpoint, b: Endpoint) =>
  a.name === b.name && a.namespace === b.namespace && a.kind === b.kind && a.cluster === b.cluster
