import type { Certificate } from '@/core/encryption/ground'
import { databaseError, type Queryable } from '../pool'

const select = `select cluster, mesh, level, namespace, subject,
extract(epoch from not_before)::float8 * 1000 as "notBefore", extract(epoch from not_after)::float8 * 1000 as "notAfter",
extract(epoch from read_at)::float8 * 1000 as "readAt"
from (
  select distinct on (cluster, mesh, level, namespace, subject) * from certificate
  where first_read_at <= to_timestamp($1::float8 / 1000) and read_at > to_timestamp($1::float8 / 1000) - interval '1 day'
  order by cluster, mesh, level, namespace, subject, first_read_at desc, not_after desc
) newest order by not_after limit 50000`

/** The certificate that each subject had at a moment, milliseconds, the first to expire first; none that was not read in the day before. */
export async function readCertificates(database: Queryable, at: number): Promise<Certificate[]> {
  const { rows } = await database
    .query<Certificate>(select, [at])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
