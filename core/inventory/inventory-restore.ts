import type { InventoryIndex } from './inventory-index'
import type { InventoryObject } from './inventory-object'

/** A version of an object, valid from `from` until `to` (null: still); milliseconds. */
export type InventoryVersion = { readonly object: InventoryObject; readonly from: number; readonly to: number | null }

/** Plays stored history into an empty index. A version that another one of the same object follows at once is no end. */
export function restoreInventory(index: InventoryIndex, versions: readonly InventoryVersion[]): void {
  const begins = new Set(versions.map(({ object, from }) => `${object.uid} ${from}`))
  const events = versions.flatMap(({ object, from, to }) => [
    { type: 'upsert' as const, object, at: learnt(object, from, to) },
    ...(to === null || begins.has(`${object.uid} ${to}`) ? [] : [{ type: 'delete' as const, object, at: to }]),
  ])
  // At one moment ends come first, so that the object that is there afterwards is the newest.
  events.sort((a, b) => a.at - b.at || (a.type === 'delete' ? 0 : 1) - (b.type === 'delete' ? 0 : 1))
  for (const event of events) index.apply(event)
}

/** A first version begins at the object's creation, which is before what it says of the pod's network and end was known. */
const learnt = (object: InventoryObject, from: number, to: number | null): number =>
  object.kind === 'Pod' ? Math.min(Math.max(from, object.ipSince ?? 0, object.finishedAt ?? 0), to ?? Infinity) : from
