import type { Queryable } from '../pool'

const upsert = `insert into source (id, type, cluster, title, target, state, state_since) values ($1, $2, $3, $4, $5, 'starting', now())
on conflict (id) do update set type = excluded.type, cluster = excluded.cluster, title = excluded.title, target = excluded.target`

export type SourceIdentity = {
  readonly id: string
  readonly type: string
  readonly cluster: string
  readonly title: string
  readonly target: string
}

/** Makes a source known, or updates what it is called; figures, lease and checkpoint stay. */
export async function upsertSource(database: Queryable, source: SourceIdentity): Promise<void> {
  await database.query(upsert, [source.id, source.type, source.cluster, source.title, source.target])
}
