import { AppError } from '@/server/errors'
import type { Queryable } from '../pool'
import type { WriteBatch } from '../telemetry'

const update = `update source set
  records = records + $4, malformed = malformed + $5,
  first_event_at = least(first_event_at, to_timestamp($10::float8 / 1000)),
  last_event_at = greatest(last_event_at, to_timestamp($6::float8 / 1000)),
  told_until = greatest(told_until, to_timestamp($11::float8 / 1000)), last_read_at = now(),
  rate = coalesce($7, rate), facts = facts || coalesce($8::jsonb, '{}'), checkpoint = coalesce($9::jsonb, checkpoint), last_batch = $3
where id = $1 and lease_token = $2 and last_batch is distinct from $3`

const look = 'select lease_token = $2 as held from source where id = $1'

/**
 * Adds a batch's figures to its source and holds the source's row until the transaction ends. False
 * when this batch was written before. Throws AppError('conflict') when the lease is another's.
 */
export async function writeSourceStats(database: Queryable, batch: WriteBatch): Promise<boolean> {
  const { stats } = batch
  const facts = stats.facts ? JSON.stringify(stats.facts).replaceAll('\\u0000', '') : null
  const checkpoint = batch.checkpoint ? JSON.stringify(batch.checkpoint) : null
  const token = String(batch.leaseToken)
  const first = batch.buckets.reduce<number | null>((min, { bucket }) => Math.min(min ?? bucket, bucket), null)
  const figures = [
    stats.records,
    stats.malformed,
    stats.lastEventAt,
    stats.rate,
    facts,
    checkpoint,
    first,
    stats.toldUntil ?? null,
  ]
  const { rowCount } = await database.query(update, [batch.sourceId, token, batch.id, ...figures])
  if (rowCount) return true
  const { rows } = await database.query<{ held: boolean }>(look, [batch.sourceId, token])
  if (rows[0]?.held) return false
  throw new AppError(
    'conflict',
    `The source ${batch.sourceId} was taken over by another collector; this one stops reading it.`,
  )
}
