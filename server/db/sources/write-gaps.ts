import type { Gap } from '@/core/observation'
import { clean } from '../clean'
import type { Queryable } from '../pool'

const find = `select id::text, from_time, to_time, lost from gap
where source_id = $1 and cluster = $2 and part = $3 and cause = $4
  and (to_time is null or to_time >= to_timestamp($5::float8 / 1000))
  and ($6::float8 is null or from_time <= to_timestamp($6::float8 / 1000))
order by from_time`

const insert = `insert into gap (source_id, cluster, part, cause, from_time, to_time, lost)
values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), $7)`

const remove = 'delete from gap where id = any($1::bigint[])'

/** Gaps this close together are one: the clocks of two reports differ. */
const slackMs = 1_000

type Stored = {
  readonly id: string
  readonly from_time: number
  readonly to_time: number | null
  readonly lost: number | null
}

/**
 * Writes gaps of a source: one that touches another of the same part and cause becomes one with it,
 * and a report with an end closes an open one. The caller holds the source's row, so nobody else writes them.
 */
export async function writeGaps(database: Queryable, sourceId: string, gaps: readonly Gap[]): Promise<void> {
  for (const gap of gaps) {
    const name = [sourceId, clean(gap.cluster), clean(gap.part), gap.cause]
    const { rows } = await database.query<Stored>(find, [
      ...name,
      gap.from - slackMs,
      gap.to === null ? null : gap.to + slackMs,
    ])
    const whole = uniteGaps(gap, rows)
    if (rows.length > 0) await database.query(remove, [rows.map((row) => row.id)])
    if (!isFilled(whole)) await database.query(insert, [...name, whole.from, whole.to, whole.lost])
  }
}

/** An outage that ends where it began was filled by a replay: nothing is missing. */
const isFilled = ({ from, to, lost }: Span) => to !== null && to <= from && lost === null

type Span = { readonly from: number; readonly to: number | null; readonly lost: number | null }

/** One gap out of a new report and the stored ones that it touches. A report of the very same span says nothing new about the loss. */
export function uniteGaps(gap: Span, stored: readonly Stored[]): Span {
  let { from, to, lost } = gap
  for (const row of stored) {
    const same =
      Math.abs(row.from_time - gap.from) < 1 &&
      (row.to_time === gap.to || Math.abs((row.to_time ?? 0) - (gap.to ?? 0)) < 1)
    lost = same ? largest(lost, row.lost) : sum(lost, row.lost)
    from = Math.min(from, row.from_time)
    // An open one ends where the report says; two ended ones end with the later.
    if (to !== null && row.to_time !== null) to = Math.max(to, row.to_time)
  }
  return { from, to, lost }
}

const sum = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0))
const largest = (a: number | null, b: number | null) => (a === null ? b : Math.max(a, b ?? a))
