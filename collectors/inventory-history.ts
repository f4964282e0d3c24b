import type { InventoryChange } from '@/core/inventory/inventory-index'
import type { Logger } from '@/server/log'
import { isPolicy } from '@/core/inventory/inventory-object'
import { isSameVersion } from '@/core/policy/policy-version'
import { isRetriable, type Pool } from '@/server/db/pool'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { toError } from '@/server/errors'

export type History = {
  /** Changes to write; of one object only the newest is kept until the flush, but each version of a policy. */
  add(changes: readonly InventoryChange[]): void
  /** Writes all that is pending. Throws where the database is away, and keeps what it did not write. */
  flush(): Promise<void>
  readonly pending: number
  /** Changes that were lost because too many were pending or the database refused them. */
  readonly dropped: number
}

const maxPending = 300_000
const rowsPerWrite = 2_000
/** Of one policy. */
const maxVersions = 20

/** Collects the inventory's changes and writes them in batches. Memory is bounded while the database is away. */
export function createHistory(pool: Pool, cluster: string, log: Logger): History {
  /** By object, the oldest first. */
  const pending = new Map<string, InventoryChange[]>()
  let dropped = 0

  /** A batch that the database refuses is halved until the one row that it cannot take is found. */
  const write = async (batch: readonly InventoryChange[]): Promise<void> => {
    try {
      await writeInventory(pool, cluster, batch)
    } catch (thrown) {
      if (isRetriable(thrown)) throw thrown
      const [first] = batch
      if (batch.length > 1) {
        await write(batch.slice(0, batch.length >> 1))
        await write(batch.slice(batch.length >> 1))
      } else if (first) {
        dropped++
        const { kind, namespace, name } = first.object
        log.error({ kind, namespace, name, error: toError(thrown).message }, 'the database refuses an object')
      }
    }
  }

  return {
    get pending() {
      return pending.size
    },
    get dropped() {
      return dropped
    },
    add(changes) {
      for (const change of changes) {
        const key = `${change.object.kind} ${change.object.uid}`
        const queue = pending.get(key)
        const before = queue?.at(-1)
        if (!queue || !before) {
          if (pending.size >= maxPending) dropped++
          else pending.set(key, [change])
        } else if (isVersionOfItsOwn(before, change) && queue.length < maxVersions) queue.push(change)
        else queue[queue.length - 1] = before.until === null ? { ...change, at: before.at } : change
      }
    },
    async flush() {
      while (pending.size > 0) {
        const batch = [...pending]
          .slice(0, rowsPerWrite)
          .flatMap(([key, [change]]) => (change ? [{ key, change }] : []))
        await write(batch.map(({ change }) => change))
        for (const { key, change } of batch) {
          const queue = pending.get(key)
          // What changed again meanwhile stays to be written.
          if (queue?.[0] === change) queue.shift()
          if (queue?.length === 0) pending.delete(key)
        }
      }
    },
  }
}

/** Who changed a policy is told by each version, also where another change undid it at once. */
const isVersionOfItsOwn = (before: InventoryChange, { object, until }: InventoryChange): boolean =>
  isPolicy(object) && (before.until !== null || until !== null || !isSameVersion(before.object, object))
