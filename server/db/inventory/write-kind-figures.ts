import type { Queryable } from '../pool'

const update = `update source set facts = facts || jsonb_build_object('objects', $2::int),
  malformed = malformed + $3, last_read_at = now(), last_event_at = greatest(last_event_at, to_timestamp($4::float8 / 1000))
where id = $1`

/** What watching a kind of object has come to: objects that exist, unreadable ones since the last call, time of the newest news. */
export async function writeKindFigures(
  database: Queryable,
  sourceId: string,
  figures: { readonly objects: number; readonly malformed: number; readonly lastEventAt: number | null },
): Promise<void> {
  await database.query(update, [sourceId, figures.objects, figures.malformed, figures.lastEventAt])
}
