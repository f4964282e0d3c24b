import type { InventoryKind } from '@/core/inventory/inventory-object'
import { kindSourceId } from '@/core/sources/kind-source'
import type { SourceState } from '@/core/world'
import type { Pool } from '@/server/db/pool'
import { renewKindLeases } from '@/server/db/inventory/renew-kind-leases'
import { upsertSource } from '@/server/db/sources/upsert-source'
import { writeKindFigures } from '@/server/db/inventory/write-kind-figures'
import { writeSourceState } from '@/server/db/sources/write-source-state'

/** How each kind is doing, for the Sources page. */
export type KindStates = {
  set(kind: InventoryKind, state: SourceState, message: string): void
  /** News of the kind came at `at`; `malformed` of its objects could not be read. */
  count(kind: InventoryKind, objects: number, malformed: number, at: number): void
  /** Writes what changed. Throws where the database is away, and keeps what it did not write. */
  flush(): Promise<void>
}

type Entry = {
  state: SourceState
  message: string
  stateDirty: boolean
  objects: number
  malformed: number
  lastEventAt: number | null
  figuresDirty: boolean
  known: boolean
}

const lease = { ttlMs: 30_000, renewMs: 10_000 }

/** `titles`: the kinds and what they are called; `target`: the API server. */
export function createKindStates(
  pool: Pool,
  cluster: string,
  titles: ReadonlyMap<InventoryKind, string>,
  target: string,
): KindStates {
  const entries = new Map<InventoryKind, Entry>()
  let renewedAt = 0
  const entryOf = (kind: InventoryKind): Entry => {
    let entry = entries.get(kind)
    if (!entry) {
      entry = {
        state: 'starting',
        message: '',
        stateDirty: true,
        objects: 0,
        malformed: 0,
        lastEventAt: null,
        figuresDirty: false,
        known: false,
      }
      entries.set(kind, entry)
    }
    return entry
  }
  for (const kind of titles.keys()) entryOf(kind)

  const writeEntry = async (kind: InventoryKind, entry: Entry): Promise<void> => {
    const id = kindSourceId(cluster, kind)
    if (!entry.known) {
      await upsertSource(pool, { id, type: 'kubernetes', cluster, title: titles.get(kind) ?? kind, target })
      entry.known = true
    }
    if (entry.stateDirty) {
      entry.stateDirty = false
      await writeSourceState(pool, id, entry.state, entry.message).catch((thrown: unknown) => {
        entry.stateDirty = true
        throw thrown
      })
    }
    if (entry.figuresDirty) {
      const { objects, malformed, lastEventAt } = entry
      await writeKindFigures(pool, id, { objects, malformed, lastEventAt })
      entry.malformed -= malformed
      entry.figuresDirty = entry.malformed > 0 || entry.objects !== objects
    }
  }

  return {
    set(kind, state, message) {
      Object.assign(entryOf(kind), { state, message, stateDirty: true })
    },
    count(kind, objects, malformed, at) {
      const entry = entryOf(kind)
      entry.objects = objects
      entry.malformed += malformed
      entry.lastEventAt = at
      entry.figuresDirty = true
    },
    async flush() {
      for (const [kind, entry] of entries) await writeEntry(kind, entry)
      if (Date.now() - renewedAt < lease.renewMs) return
      const ids = [...entries.keys()].map((kind) => kindSourceId(cluster, kind))
      await renewKindLeases(pool, ids, lease.ttlMs)
      renewedAt = Date.now()
    },
  }
}
