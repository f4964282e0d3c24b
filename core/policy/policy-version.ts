import { deepEqual } from '../text/deep-equal'
import { type InventoryObject, isPolicy, type PolicyObject, type Writer } from '../inventory/inventory-object'

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

/** The object that follows `before`, learnt `at`: a version that goes on keeps who made it. */
export function asNextVersion(before: InventoryObject, now: InventoryObject, at: number): InventoryObject {
  if (!isPolicy(before) || !isPolicy(now)) return now
  return { ...now, madeBy: isSameVersion(before, now) ? before.madeBy : makerOf(before, now, at) }
}

/**
 * Who wrote since `before`, the newest of them. Where nobody has, who made the version is not told (who takes away fields
 * of others leaves no trace), unless it came so soon after the last write that both may be of one second.
 */
function makerOf(before: PolicyObject, now: PolicyObject, at: number): PolicyObject['madeBy'] {
  const earlier = new Map(timed(before).map(({ time, ...writer }) => [keyOf(writer), time]))
  const wrote = timed(now).filter(({ time, ...writer }) => time > (earlier.get(keyOf(writer)) ?? 0))
  const [newest] = wrote.toSorted((a, b) => b.time - a.time)
  if (newest) return newest
  return now.madeBy && at - now.madeBy.time <= newsMs ? now.madeBy : null
}

const timed = ({ writers = [], touched }: PolicyObject) =>
  writers.flatMap((writer, n) => {
    const time = touched?.times[n]
    return time == null ? [] : [{ ...writer, time }]
  })

const keyOf = ({ manager, operation }: Writer): string => `${operation} ${manager}`
