import { setMaxListeners } from 'node:events'
import { createInventoryIndex, type InventoryEvent, type InventoryIndex } from '@/core/inventory/inventory-index'
import { restoreInventory } from '@/core/inventory/inventory-restore'
import { type InventoryKind, isActive } from '@/core/inventory/inventory-object'
import type { SourceState } from '@/core/world'
import type { Pool } from '@/server/db/pool'
import { readInventoryHistory } from '@/server/db/inventory/read-inventory-history'
import { toError } from '@/server/errors'
import { pause } from '@/server/kubernetes/backoff'
import type { KubeConnection } from '@/server/kubernetes/client'
import { createDiscovery } from '@/server/kubernetes/discovery'
import { type WatchedKind, watchedKinds } from '@/server/kubernetes/kinds'
import { watchResource } from '@/server/kubernetes/watch'
import { type WatchState, type WatchTiming, watchTiming } from '@/server/kubernetes/watch-event'
import type { Logger } from '@/server/log'
import { createHistory } from './inventory-history'
import { createKindStates } from './inventory-states'
import type { DiscoveryInventory } from './source'

export type InventoryOptions = {
  readonly connection: KubeConnection
  readonly pool: Pool
  readonly signal: AbortSignal
  readonly log: Logger
  /** Called after every change of the index. */
  readonly onChange?: () => void
  readonly timing?: WatchTiming
  /** How long `ready` waits for the first lists, milliseconds. */
  readonly readyMs?: number
}

export type InventoryRun = {
  readonly index: InventoryIndex
  /** Settles, never rejects, when the first lists are in or cannot be had, or when the time for it is over. */
  readonly ready: Promise<void>
  /** Settles when the signal was aborted and what was pending is written. */
  readonly done: Promise<void>
}

const flushMs = 1_000
const pruneMs = 30_000
/** How far back history is loaded at the start, so that flows of before resolve. */
const restoreMs = 3_600_000

const sourceState: Readonly<Record<WatchState, SourceState>> = {
  running: 'running',
  retrying: 'retrying',
  failed: 'failed',
  absent: 'idle',
}

/**
 * Follows every kind of the cluster until the signal: keeps the index live, writes the history and
 * tells on the Sources page which kinds cannot be read. A kind or a database that is away holds up nothing else.
 */
export function runInventory(options: InventoryOptions): InventoryRun {
  const { connection, pool, signal, log } = options
  const { cluster } = connection
  // Each kind's request listens to it.
  setMaxListeners(0, signal)
  const index = createInventoryIndex(cluster)
  const history = createHistory(pool, cluster, log)
  const titles = new Map(watchedKinds.map(({ kind, resources }) => [kind, resources[0].plural]))
  const states = createKindStates(pool, cluster, titles, connection.server)
  const waiting = new Set<InventoryKind>(titles.keys())
  const listed = new AbortController()
  const settled = (kind: InventoryKind) => {
    waiting.delete(kind)
    if (waiting.size === 0) listed.abort()
  }

  const apply = (event: InventoryEvent) => {
    const changes = index.apply(event)
    if (changes.length === 0) return
    history.add(changes)
    options.onChange?.()
  }

  const { timing = watchTiming } = options
  // Kinds that wait for a definition ask at about the same time, and then share one answer.
  const found = createDiscovery(connection, { signal, idleMs: timing.idleMs }, Math.min(10_000, timing.absentMs / 2))

  const follow = async ({ kind, resources, trim, optional, discovered }: WatchedKind) => {
    const discovery = discovered && found
    const watching = { resources, parse: trim, signal, optional, discovery, timing }
    for await (const event of watchResource(connection, watching)) {
      const at = Date.now()
      if (event.type === 'state') {
        states.set(kind, sourceState[event.state], event.message)
        if (event.message) log.warn({ cluster, kind, state: event.state }, event.message)
        if (event.state !== 'retrying') settled(kind)
        continue
      }
      if (event.type === 'reset') {
        apply({ type: 'reset', kind, objects: event.objects, at })
        if (event.overflow > 0)
          log.warn({ cluster, kind, overflow: event.overflow }, 'too many objects; the rest is not known')
        settled(kind)
      } else if (event.type === 'deleted') apply({ type: 'delete', object: event.object, at })
      else if (event.type !== 'bookmark' && event.type !== 'malformed')
        apply({ type: 'upsert', object: event.object, at })
      states.count(kind, index.count(kind), event.type === 'malformed' ? event.count : 0, at)
    }
  }

  const broken =
    ({ kind }: WatchedKind) =>
    (thrown: unknown) => {
      const error = toError(thrown)
      log.error({ cluster, kind, error: error.stack }, 'watching ended')
      states.set(kind, 'failed', `Watching ended by an error in Oriel: ${error.message}. Restart the collector.`)
      settled(kind)
    }

  const write = async () => {
    await states.flush()
    await history.flush()
  }

  const keep = async (ready: Promise<void>) => {
    await ready
    let prunedAt = Date.now()
    let away = false
    while (!signal.aborted) {
      await write().then(
        () => (away = false),
        (thrown: unknown) => {
          if (!away)
            log.warn({ cluster, error: toError(thrown).message }, 'the inventory cannot be written; it is kept')
          away = true
        },
      )
      if (Date.now() - prunedAt >= pruneMs) {
        index.prune(Date.now())
        prunedAt = Date.now()
      }
      await pause(flushMs, signal)
    }
  }

  const restored = readInventoryHistory(pool, cluster, Date.now() - restoreMs).then(
    (versions) => restoreInventory(index, versions),
    (thrown: unknown) =>
      log.warn({ cluster, error: toError(thrown).message }, 'no history of the inventory was loaded'),
  )
  const ready = restored.then(() => pause(options.readyMs ?? 15_000, AbortSignal.any([signal, listed.signal])))
  const watches = restored.then(() => Promise.all(watchedKinds.map((kind) => follow(kind).catch(broken(kind)))))
  const done = Promise.all([watches, keep(ready)]).then(async () => {
    for (const kind of titles.keys()) states.set(kind, 'stopped', '')
    await write().catch((thrown: unknown) =>
      log.warn({ cluster, error: toError(thrown).message }, 'the inventory’s end was not written'),
    )
  })
  return { index, ready, done }
}

/** What discovery of sources may look at. */
export const discoveryInventory = (index: InventoryIndex): DiscoveryInventory => ({
  cluster: index.cluster,
  services: () => index.objects('Service'),
  nodes: () => index.objects('Node'),
  *pods() {
    for (const pod of index.objects('Pod')) {
      if (!isActive(pod)) continue
      const workload = index.workloadOf(index.cluster, pod.namespace, pod.name, Date.now())
      yield { ...pod, workload: workload && { kind: workload.kind, name: workload.name } }
    }
  },
})
