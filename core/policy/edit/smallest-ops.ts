import { isFields } from '../read'
import { insert, type Op, remove, sameData, set } from './object-op'
import type { Path } from './path'

/** The fewest changes that make `before` into `after`, so that what stays is not touched. undefined: nothing there. */
export function smallestOps(path: Path, before: unknown, after: unknown): readonly Op[] {
  if (after === undefined) return before === undefined ? [] : [remove(path)]
  if (sameData(before, after)) return []
  if (isFields(before) && isFields(after) && sharesKeys(before, after)) {
    const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key) || after[key] === undefined)
    const kept = Object.keys(after).filter((key) => after[key] !== undefined)
    return [
      ...kept.flatMap((key) => smallestOps([...path, key], before[key], after[key])),
      ...gone.flatMap((key) => remove([...path, key])),
    ]
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0)
    return listOps(path, before, after)
  return [set(path, after)]
}

/** A map that becomes quite another one is written anew, in its own order. */
const sharesKeys = (before: object, after: object) => Object.keys(before).some((key) => Object.hasOwn(after, key))

/** What both begin and end with stays; in between items are changed, then put in or taken away. */
function listOps(path: Path, before: readonly unknown[], after: readonly unknown[]): readonly Op[] {
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && sameData(before[head], after[head])) head++
  let tail = 0
  while (tail < least - head && sameData(before.at(-1 - tail), after.at(-1 - tail))) tail++
  const old = before.slice(head, before.length - tail)
  const next = after.slice(head, after.length - tail)
  const shared = Math.min(old.length, next.length)
  return [
    ...next.slice(0, shared).flatMap((value, i) => smallestOps([...path, head + i], old[i], value)),
    ...next.slice(shared).map((value, i) => insert([...path, head + shared + i], value)),
    ...old.slice(shared).map((_, i) => remove([...path, head + old.length - 1 - i])),
  ]
}
