import { coverWindow, type Cover } from '@/core/cover'
import { type Tier, tiers, type Window } from '@/core/time'
import type { Queryable } from './pool'

const select = `select tier, rolled_up_to, kept_from from rollup_state`

type Row = { readonly tier: Tier; readonly rolled_up_to: number | null; readonly kept_from: number | null }

/** How the tiers answer a window as of now; `stepMs`: only from tiers that divide the step of a chart. */
export async function readCover(database: Queryable, window: Window, stepMs?: number): Promise<Cover> {
  const { rows } = await database.query<Row>(select)
  const rolledUpTo: Partial<Record<Tier, number>> = {}
  const keptFrom: Partial<Record<Tier, number>> = {}
  for (const row of rows) {
    if (!tiers.includes(row.tier)) continue
    if (row.rolled_up_to !== null) rolledUpTo[row.tier] = row.rolled_up_to
    if (row.kept_from !== null) keptFrom[row.tier] = row.kept_from
  }
  return coverWindow(window, { rolledUpTo, keptFrom, stepMs })
}
