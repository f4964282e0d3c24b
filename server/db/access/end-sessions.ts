import { databaseError, type Queryable } from '../pool'

/** Which sessions end. */
export type EndedSessions =
  | { readonly id: number }
  | { readonly account: number }
  /** As a provider tells it: one of its sessions, or all of an account; both where both are named. */
  | { readonly issuer: string; readonly subject: string | null; readonly providerSession: string | null }

const ofProvider = `delete from session using account a where a.id = account_id and a.issuer = $1
  and ($2::text is null or a.subject = $2) and ($3::text is null or provider_session = $3)
  and ($2::text is not null or $3::text is not null) returning session.id`

/** Ends sessions at once; returns their ids. */
export async function endSessions(database: Queryable, which: EndedSessions): Promise<readonly number[]> {
  const [text, values] =
    'id' in which
      ? ['delete from session where id = $1 returning id', [which.id]]
      : 'account' in which
        ? ['delete from session where account_id = $1 returning id', [which.account]]
        : [ofProvider, [which.issuer, which.subject, which.providerSession]]
  const { rows } = await database
    .query<{ id: number }>(text, values)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ id }) => id)
}
