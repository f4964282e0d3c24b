import { databaseError, type Queryable } from '../pool'

/** `spent`: it was used before, or is over. `off`: it is good, and local logins are off. */
export type UsedCode = 'accepted' | 'spent' | 'off' | 'unknown'

const use = `with used as (
  update login_code set used_at = to_timestamp($2::float8 / 1000)
  where code_hash = $1 and used_at is null and ends_at > to_timestamp($2::float8 / 1000) and ($3 or break_glass)
  returning code_hash
)
select exists (select from used) as accepted, c.used_at is null and c.ends_at > to_timestamp($2::float8 / 1000) as fresh
from login_code c where c.code_hash = $1`

/** Spends a one-time code: of several who bring it at once, one is let in. `isOn`: whether local logins are on. */
export async function useLoginCode(
  database: Queryable,
  codeHash: Uint8Array,
  now: number,
  isOn: boolean,
): Promise<UsedCode> {
  const { rows } = await database
    .query<{ accepted: boolean; fresh: boolean }>(use, [codeHash, now, isOn])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const [found] = rows
  if (!found) return 'unknown'
  if (found.accepted) return 'accepted'
  return found.fresh && !isOn ? 'off' : 'spent'
}
