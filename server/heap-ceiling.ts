import { totalmem } from 'node:os'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'

const mega = 1024 * 1024

/** The share of the memory which this process may use that one heap may grow to. */
const mostOfMemory = 0.5

/**
 * Twice the ceiling, as far as that is half of the memory; null where there is nothing to raise. All in MB. A ceiling
 * starts low and is raised by need, because V8 lets garbage pile up with the ceiling and not with the need.
 */
export function raisedCeiling(now: number, memory: number): number | null {
  const raised = Math.min(now * 2, Math.floor(memory * mostOfMemory))
  return raised > now ? raised : null
}

/** Memory that this process may use, in MB: that of its container, else of the machine. */
const usableMemory = (): number =>
  Math.floor(Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / mega)

/** What threads that begin now may fill, in MB. */
let ceiling: number | null = null
export const heapCeiling = (): number => (ceiling ??= Math.floor(getHeapStatistics().heap_size_limit / mega))

/**
 * Threads that begin from now on may fill more: MB, or null where that is not to be had. Nothing changes for those that
 * run. A thread's own `resourceLimits` do not count where the process was started with a ceiling (bin/child.ts).
 */
export function raiseHeapCeiling(memory: number = usableMemory()): number | null {
  const raised = raisedCeiling(heapCeiling(), memory)
  if (raised === null) return null
  setHeapCeiling(raised)
  return raised
}

/** The ceiling of threads that begin from now on, in MB. */
export function setHeapCeiling(megabytes: number): void {
  ceiling = megabytes
  setFlagsFromString(`--max-old-space-size=${megabytes}`)
}
