import { coverWindow, type Cover } from '@/core/series/cover'
import type { Window } from '@/core/time'
import type { Queryable } from '../pool'
import { readTierState } from './read-tier-state'

/** How the tiers answer a window as of now; `stepMs`: only from tiers that divide the step of a chart. */
export const readCover = async (database: Queryable, window: Window, stepMs?: number): Promise<Cover> =>
  coverWindow(window, { ...(await readTierState(database)), stepMs })
