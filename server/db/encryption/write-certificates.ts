import type { Certificate } from '@/core/encryption/ground'
import { clean } from '../clean'
import type { Queryable } from '../pool'

// That a certificate is still there is written seldom: it is asked for by the day.
const upsert = `insert into certificate (cluster, mesh, level, namespace, subject, not_before, not_after, first_read_at, read_at)
select cluster, mesh, level, namespace, subject, to_timestamp(begins / 1000), to_timestamp(ends / 1000), to_timestamp(read / 1000), to_timestamp(read / 1000)
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::float8[])
  as k (cluster, mesh, level, namespace, subject, begins, ends, read)
order by cluster, mesh, level, namespace, subject, ends
on conflict (cluster, mesh, level, namespace, subject, not_after) do update set read_at = excluded.read_at
where excluded.read_at > certificate.read_at + interval '10 minutes'`

/** Keeps certificates, each issue once. At most one of a subject and end in a call. */
export async function writeCertificates(database: Queryable, certificates: readonly Certificate[]): Promise<void> {
  if (certificates.length === 0) return
  await database.query(upsert, [
    certificates.map(({ cluster }) => clean(cluster)),
    certificates.map(({ mesh }) => mesh),
    certificates.map(({ level }) => level),
    certificates.map(({ namespace }) => clean(namespace)),
    certificates.map(({ subject }) => clean(subject)),
    certificates.map(({ notBefore }) => notBefore),
    certificates.map(({ notAfter }) => notAfter),
    certificates.map(({ readAt }) => readAt),
  ])
}
