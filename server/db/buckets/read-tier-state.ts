import { type Tier, tiers } from '@/core/time'
import type { Queryable } from '../pool'

const select = `select tier, rolled_up_to, kept_from from rollup_state`

type Row = { readonly tier: Tier; readonly rolled_up_to: number | null; readonly kept_from: number | null }
type Times = Readonly<Partial<Record<Tier, number>>>

/** Up to when each tier is complete and from when on it has everything, in milliseconds; absent where nothing is said. */
export async function readTierState(database: Queryable): Promise<{ rolledUpTo: Times; keptFrom: Times }> {
  const { rows } = await database.query<Row>(select)
  const rolledUpTo: Partial<Record<Tier, number>> = {}
  const keptFrom: Partial<Record<Tier, number>> = {}
  for (const row of rows) {
    if (!tiers.includes(row.tier)) continue
    if (row.rolled_up_to !== null) rolledUpTo[row.tier] = row.rolled_up_to
    if (row.kept_from !== null) keptFrom[row.tier] = row.kept_from
  }
  return { rolledUpTo, keptFrom }
}
