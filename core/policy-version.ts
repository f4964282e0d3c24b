import { deepEqual } from './deep-equal'
import { type InventoryObject, isPolicy, type PolicyObject } from './inventory-object'

/** Whether both are one version of one policy: its status was written, say, but it says the same and has the same writers. */
export function isSameVersion(before: InventoryObject, now: InventoryObject): boolean {
  if (!isPolicy(before) || !isPolicy(now)) return false
  return deepEqual(said(before), said(now))
}

/** What it says. */
function said(object: PolicyObject) {
  const { madeBy: _, touched: __, ...rest } = object
  return rest
}

/** Times of writers are whole seconds, and news of a write take a moment. */
const newsMs = 5_000

/**
 * The object that follows `before`, learnt `at`. A version that goes on keeps who made it. Where nobody has written since that
 * one, who made a new version is not told: who takes away a field of others leaves no trace of their own.
 */
export function asNextVersion(before: InventoryObject, now: InventoryObject, at: number): InventoryObject {
  if (!isPolicy(before) || !isPolicy(now)) return now
  if (isSameVersion(before, now)) return { ...now, madeBy: before.madeBy }
  const last = before.madeBy?.time ?? 0
  const time = now.madeBy?.time ?? 0
  const told = time > last || (time === last && at - time <= newsMs)
  return told ? now : { ...now, madeBy: null }
}
