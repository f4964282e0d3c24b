import type { SourceState } from '@/core/world'
import type { Queryable } from '../pool'

const update = `update source set state = $2, message = $3, state_since = case when state = $2 then state_since else now() end where id = $1`

/** Says what a source is doing; `state_since` moves only when the state changes. `message`: one line for people, at most 500 characters. */
export async function writeSourceState(
  database: Queryable,
  sourceId: string,
  state: SourceState,
  message: string,
): Promise<void> {
  await database.query(update, [sourceId, state, message.slice(0, 500).replaceAll('\0', '')])
}
