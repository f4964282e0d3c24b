import { copyInto, createCopyRows } from '../copy'
import { packDetails } from './detail-block'
import type { Connection } from '../pool'
import type { RecordIds } from './write-records'

/** Enough for records to share what they share, few enough to unpack for one of them. */
const blockSize = 256
/** A reader looks back this far for the block of a record. */
export const blockSpanMs = 60_000

/** Writes what is each record's own, packed by time. Inside the caller's transaction. */
export async function writeDetails(
  connection: Connection,
  table: 'flow_detail' | 'denied_detail',
  records: readonly RecordIds[],
): Promise<void> {
  const rows = createCopyRows()
  for (const block of blocksOf(records)) {
    rows.row(3)
    rows.time(block[0]?.time ?? 0)
    rows.time(block.at(-1)?.time ?? 0)
    rows.bytes(packDetails(block))
  }
  await copyInto(connection, `${table} (from_time, to_time, block)`, rows)
}

function blocksOf(records: readonly RecordIds[]): RecordIds[][] {
  const blocks: RecordIds[][] = []
  let block: RecordIds[] = []
  for (const record of [...records].sort((a, b) => a.time - b.time)) {
    const first = block[0]
    if (!first || block.length === blockSize || record.time - first.time > blockSpanMs) blocks.push((block = []))
    block.push(record)
  }
  return blocks
}
