import type { Facet } from '@/core/world'
import { clean } from '../clean'
import type { Queryable } from '../pool'

const list = 'unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])'
const names = 'source, reporter, verdict, reason, l7, encryption, hop'

const insert = `insert into facet (${names}) select * from ${list} on conflict do nothing`
const select = `select f.id from ${list} with ordinality as k (${names}, n) join facet f using (${names}) order by k.n`

/** Ids of facets, in their order; new ones are made. */
export async function upsertFacets(database: Queryable, facets: readonly Facet[]): Promise<number[]> {
  const columns = [
    facets.map((f) => clean(f.source)),
    facets.map((f) => f.reporter),
    facets.map((f) => f.verdict),
    facets.map((f) => clean(f.reason)),
    facets.map((f) => f.l7),
    facets.map((f) => f.encryption),
    facets.map((f) => f.hop),
  ]
  await database.query(insert, columns)
  const { rows } = await database.query<{ id: number }>(select, columns)
  return rows.map((row) => row.id)
}
