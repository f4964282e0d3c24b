import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** A line of text, or null for one that is longer than the bound and was passed over. */
export type Line = string | null

export const maxLine = 1_000_000

const newline = 0x0a

/** Lines of a stream of bytes, plain or gzip, without their ends; empty ones left out. Memory: one chunk and one line. */
export async function* readLines(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let length = 0
  const take = (): Line => {
    const line = length > maxLine ? null : Buffer.concat(parts, length).toString('utf8').trim()
    parts = []
    length = 0
    return line
  }
  const keep = (part: Buffer) => {
    length += part.length
    if (length > maxLine) parts = []
    else parts.push(part)
  }
  for await (const chunk of inflated(stream)) {
    let from = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, at))
      from = at + 1
      const line = take()
      if (line !== '') yield line
    }
    if (from < chunk.length) keep(chunk.subarray(from))
  }
  const last = take()
  if (last !== '') yield last
}

/** The bytes themselves as UTF-8, or what they inflate to where they begin like gzip (also several members in a row). */
export async function* inflated(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  const source = buffers(stream)
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 2) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  const whole = prepend(head, source)
  if (head[0] === 0xff && head[1] === 0xfe) {
    yield* fromUtf16(whole)
    return
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole
    return
  }
  const gunzip = createGunzip()
  pipeline(Readable.from(whole, { objectMode: false }), gunzip, () => {})
  for await (const chunk of gunzip) yield chunk as Buffer
}

/** What PowerShell writes of a command's output. */
async function* fromUtf16(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-16le')
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

async function* buffers(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk)
}

async function* prepend(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  yield* rest
}
