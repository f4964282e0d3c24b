import { type Scope, scopeKey } from '@/core/scope'
import type { Window } from '@/core/time'
import type { InventoryItem } from '@/core/world'
import { readInventory } from '@/server/db/inventory/read-inventory'
import { database } from './database'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'

/** Costs as much as the traffic of a window does, and a window and its past have the same one. */
const inventories = () =>
  processWide('inventories', () =>
    createSharedCache<readonly InventoryItem[]>({
      ttlMs: 30_000,
      entries: 8,
      weight: 60_000,
      weigh: (items) => items.length,
    }),
  )

/** Workloads and Services of a window within the scope (server/db/inventory/read-inventory.ts), read once in half a minute. */
export async function loadInventory(window: Window, scope: Scope): Promise<readonly InventoryItem[]> {
  const key = JSON.stringify([window, scopeKey(scope)])
  return (await inventories().get(key, () => readInventory(database(), window, scope))).value
}
