import type { Tier } from '@/core/time'
import type { Queryable } from '../pool'

const upsert = `insert into rollup_state (tier, rolled_up_to, kept_from)
values ($1, to_timestamp($2::float8 / 1000), to_timestamp($3::float8 / 1000))
on conflict (tier) do update set
  rolled_up_to = greatest(rollup_state.rolled_up_to, excluded.rolled_up_to),
  kept_from = greatest(rollup_state.kept_from, excluded.kept_from)`

/** Says up to where a tier is complete and from where on it is kept, in milliseconds; null leaves as it is. Neither ever goes back. */
export async function writeRollupState(
  database: Queryable,
  tier: Tier,
  rolledUpTo: number | null,
  keptFrom: number | null,
): Promise<void> {
  await database.query(upsert, [tier, rolledUpTo, keptFrom])
}
