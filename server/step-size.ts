import { keptStep } from '@/core/series/cover'
import { type StepLimits, stepSize } from '@/core/series/step-size'
import { database } from './database'
import { readTierState } from './db/buckets/read-tier-state'
import type { When } from './when'

/** The step of a chart, milliseconds, as fine as what is kept of all of its window allows. A recording keeps everything. */
export async function chooseStep({ window, recording }: When, limits: Omit<StepLimits, 'keptMs'>): Promise<number> {
  if (recording !== null) return stepSize(window, limits)
  return stepSize(window, { ...limits, keptMs: keptStep(window.from, await readTierState(database())) })
}
