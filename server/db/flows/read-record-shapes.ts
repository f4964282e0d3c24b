import type { RecordGroup } from '@/core/services/service-pods'
import type { Window } from '@/core/time'
import { within } from '../buckets/bucket-sql'
import { databaseError, type Queryable } from '../pool'

export type RecordShapesQuestion = { readonly window: Window; readonly edgeIds: readonly number[] }

/** Records looked at: the newest ones, which tell enough about shares and little about totals. */
const most = 5_000

/** Statuses of gRPC that are blamed on the caller, and OK; others are the callee's. */
const grpcFine = '0, 1, 3, 5, 6, 7, 9, 11, 16'

const select = (window: Window) => `with told as (
  select id, source, l7 from facet where l7 in ('http', 'grpc', 'dns') and reporter <> 'source'
), sample as (
  select facet_id, shape_id, status, latency_us from flow_record
  where ${within('time', window)} and edge_id = any($1) and facet_id in (select id from told) order by time desc limit ${most}
)
select source, shape, count(*)::int as records,
count(*) filter (where case l7 when 'http' then status >= 500 when 'grpc' then status not in (${grpcFine}) else status = 2 end)::int as "serverErrors",
coalesce(array_agg(latency_us::float8 / 1000) filter (where latency_us is not null), '{}') as latencies
from sample join told on told.id = facet_id join flow_shape on flow_shape.id = shape_id group by source, shape`

/** The newest raw requests of these edges as the callee's side told them, by what they have in common; at most 5,000 records. */
export async function readRecordShapes(
  database: Queryable,
  { window, edgeIds }: RecordShapesQuestion,
): Promise<RecordGroup[]> {
  if (edgeIds.length === 0) return []
  const { rows } = await database
    .query<RecordGroup>(select(window), [edgeIds])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
