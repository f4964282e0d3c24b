import { copyInto, createCopyRows, type CopyRows } from '../copy'
import type { Connection } from '../pool'
import type { RecordRow } from '../telemetry'

/** A raw record with the ids of its names. */
export type RecordIds = Omit<RecordRow, 'edge' | 'facet' | 'shape'> & {
  readonly edgeId: number
  readonly facetId: number
  readonly shapeId: number
}

const columns = 'time, key, edge_id, facet_id, shape_id, source_port, status, latency_us, summary'

/** Those of a recording, which keeps the detail beside the record. */
export const recordingColumns = `${columns}, detail`

/** Rows for a COPY into `recordingColumns`. */
export const recordingRows = (records: readonly RecordIds[]): CopyRows => rowsOf(records, true)

/** Appends raw records, without their details, to the table of the newest flows or to that of the denied. */
export const writeRecords = (
  connection: Connection,
  table: 'flow_record' | 'denied_record',
  records: readonly RecordIds[],
): Promise<void> => copyInto(connection, `${table} (${columns})`, rowsOf(records, false))

function rowsOf(records: readonly RecordIds[], withDetail: boolean): CopyRows {
  const rows = createCopyRows()
  for (const r of records) {
    rows.row(withDetail ? 10 : 9)
    rows.time(r.time)
    rows.key(r.key)
    rows.int32(r.edgeId)
    rows.int32(r.facetId)
    rows.int32(r.shapeId)
    rows.int32(r.sourcePort)
    rows.int16(r.status)
    rows.int32(r.latencyMs === null ? null : r.latencyMs * 1000)
    rows.text(r.summary.slice(0, 200))
    if (withDetail) rows.text(r.detail)
  }
  return rows
}
