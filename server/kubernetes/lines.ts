/** One line of a stream, or the news that one was too long to be kept. */
export type Line = string | { readonly tooLong: true }

/**
 * Splits a byte stream at newlines. Holds at most `maxBytes` of an unfinished line; a longer one is
 * passed over as `tooLong`. What follows the last newline is dropped: the connection broke inside it.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const part = chunk.subarray(start, end)
      start = end + 1
      size += part.length
      const line: Line = size > maxBytes ? { tooLong: true } : Buffer.concat([...held, part]).toString('utf8')
      held = []
      size = 0
      if (line !== '') yield line
    }
    const rest = chunk.subarray(start)
    size += rest.length
    if (size > maxBytes) held = []
    else if (rest.length > 0) held.push(rest)
  }
}
