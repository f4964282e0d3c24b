import { inflated } from '@/collectors/kit/lines'

/** Text of a JSON object, or null of one that is longer than the bound and was passed over. */
export type ObjectText = string | null

const quote = 0x22
const backslash = 0x5c
const open = 0x7b
const close = 0x7d
const newline = 0x0a

/**
 * The outermost JSON objects of a stream of bytes, plain or gzip: lines of objects, one document or
 * arrays of them, however it is laid out. What stands between objects is passed over. O(bytes); memory:
 * one object.
 */
export async function* readObjects(
  stream: AsyncIterable<Uint8Array | string>,
  maxObject: number,
): AsyncGenerator<ObjectText> {
  let parts: Buffer[] = []
  let length = 0
  let depth = 0
  let inText = false
  let escaped = false

  const keep = (part: Buffer) => {
    length += part.length
    if (length > maxObject) parts = []
    else parts.push(part)
  }
  const take = (): ObjectText => {
    const text = length > maxObject ? null : Buffer.concat(parts, length).toString('utf8')
    parts = []
    length = 0
    return text
  }

  for await (const chunk of inflated(stream)) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (inText) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inText = false
        else if (byte === newline) {
          // No text holds a bare newline: the object broke off, the next line begins anew.
          keep(chunk.subarray(from, at))
          inText = false
          depth = 0
          yield take()
        }
      } else if (byte === quote) inText = depth > 0
      else if (byte === open) {
        if (depth++ === 0) from = at
      } else if (byte === close && depth > 0 && --depth === 0) {
        keep(chunk.subarray(from, at + 1))
        yield take()
      }
    }
    if (depth > 0) keep(chunk.subarray(from))
  }
  if (depth > 0) yield take()
}
