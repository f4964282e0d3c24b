import type { SourceState } from '@/core/world'
import { databaseError, type Queryable } from '../pool'

/** A source as it is stored. Times in milliseconds. */
export type StoredSource = {
  readonly id: string
  readonly type: string
  readonly cluster: string
  readonly title: string
  readonly target: string
  readonly state: SourceState
  readonly stateSince: number
  /** Oldest that it ever told of. */
  readonly firstEventAt: number | null
  readonly message: string
  readonly lastEventAt: number | null
  /** `lastEventAt`, or later where it is known that nothing happened since. */
  readonly toldUntil: number | null
  readonly lastReadAt: number | null
  readonly rate: number | null
  readonly records: number
  readonly malformed: number
  readonly facts: Readonly<Record<string, string | number>>
  /** Whether a collector holds it now. */
  readonly leased: boolean
}

const select = `select id, type, cluster, title, target, state, state_since as "stateSince", first_event_at as "firstEventAt", message, last_event_at as "lastEventAt", greatest(last_event_at, told_until) as "toldUntil",
last_read_at as "lastReadAt", rate, records, malformed, facts, coalesce(lease_until > now(), false) as leased from source order by id`

/** All sources that ever were known, by id. */
export async function readSources(database: Queryable): Promise<StoredSource[]> {
  const { rows } = await database
    .query<StoredSource>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
