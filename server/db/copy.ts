import { once } from 'node:events'
import { from as copyFrom } from 'pg-copy-streams'
import type { Connection } from './pool'

/** Rows in PostgreSQL's binary COPY format. Fields are written in the order of the columns. */
export type CopyRows = {
  row(fields: number): void
  int16(value: number | null): void
  int32(value: number | null): void
  int64(value: number | null): void
  key(value: bigint): void
  /** Milliseconds since the epoch, kept to the microsecond. */
  time(ms: number): void
  text(value: string): void
  bytes(value: Uint8Array | null): void
  readonly count: number
  /** The file in pieces, header and trailer with it. Ends the writing. */
  finish(): readonly Buffer[]
}

const header = Buffer.from([...Buffer.from('PGCOPY\n'), 0xff, 13, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0])
const chunkSize = 256 * 1024
const epoch2000us = 946_684_800_000_000
const two32 = 0x1_0000_0000

export function createCopyRows(): CopyRows {
  const chunks: Buffer[] = [header]
  let buffer = Buffer.allocUnsafe(chunkSize)
  let at = 0
  let count = 0

  const room = (bytes: number) => {
    if (at + bytes <= buffer.length) return
    chunks.push(buffer.subarray(0, at))
    buffer = Buffer.allocUnsafe(Math.max(chunkSize, bytes))
    at = 0
  }
  const nothing = () => {
    room(4)
    at = buffer.writeInt32BE(-1, at)
  }
  const long = (value: number) => {
    room(12)
    at = buffer.writeInt32BE(8, at)
    const high = Math.floor(value / two32)
    at = buffer.writeInt32BE(high, at)
    at = buffer.writeUInt32BE(value - high * two32, at)
  }

  return {
    get count() {
      return count
    },
    row(fields) {
      room(2)
      at = buffer.writeInt16BE(fields, at)
      count++
    },
    int16(value) {
      if (value === null) return nothing()
      room(6)
      at = buffer.writeInt32BE(2, at)
      at = buffer.writeInt16BE(clamp(value, -0x8000, 0x7fff), at)
    },
    int32(value) {
      if (value === null) return nothing()
      room(8)
      at = buffer.writeInt32BE(4, at)
      at = buffer.writeInt32BE(clamp(value, -0x8000_0000, 0x7fff_ffff), at)
    },
    int64(value) {
      if (value === null) return nothing()
      long(clamp(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))
    },
    key(value) {
      room(12)
      at = buffer.writeInt32BE(8, at)
      at = buffer.writeBigInt64BE(BigInt.asIntN(64, value), at)
    },
    time(ms) {
      long(Math.round(ms * 1000) - epoch2000us)
    },
    text(value) {
      // PostgreSQL has no NUL in text.
      const clean = value.includes('\0') ? value.replaceAll('\0', '') : value
      const length = Buffer.byteLength(clean)
      room(4 + length)
      at = buffer.writeInt32BE(length, at)
      at += buffer.write(clean, at)
    },
    bytes(value) {
      if (value === null) return nothing()
      room(4 + value.length)
      at = buffer.writeInt32BE(value.length, at)
      buffer.set(value, at)
      at += value.length
    },
    finish() {
      room(2)
      at = buffer.writeInt16BE(-1, at)
      chunks.push(buffer.subarray(0, at))
      return chunks
    },
  }
}

const clamp = (value: number, low: number, high: number) => {
  const whole = Math.round(value)
  return whole < low ? low : whole > high ? high : whole
}

/** Sends rows into `target` (`table (columns)`, trusted text) and waits until the server has taken them. Nothing to send, nothing sent. */
export async function copyInto(connection: Connection, target: string, rows: CopyRows): Promise<void> {
  if (rows.count === 0) return
  const stream = connection.query(copyFrom(`copy ${target} from stdin (format binary)`))
  const finished = once(stream, 'finish')
  // A broken connection ends the wait for room as well as the wait for the end.
  finished.catch(() => {})
  for (const chunk of rows.finish()) {
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), finished])
  }
  stream.end()
  await finished
}
