import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, splitLines } from './lines'

async function* pieces(bytes: Buffer, cuts: readonly number[]) {
  const sorted = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [index, start] of sorted.slice(0, -1).entries()) yield bytes.subarray(start, sorted[index + 1])
}

const all = async (lines: AsyncIterable<Line>) => {
  const read: Line[] = []
  for await (const line of lines) read.push(line)
  return read
}

describe('splitLines', () => {
  it('gives the same lines however the stream is cut', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\n', ''))
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat()), async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''))
        const read = await all(splitLines(pieces(bytes, cuts), 1_000))
        expect(read).toEqual(lines.filter((one) => one !== ''))
      }),
    )
  })

  it('passes over a line that is too long, holds none of it, and drops an unfinished one', async () => {
    const bytes = Buffer.from(`first\n${'x'.repeat(500)}\nlast\nunfin`)
    const cuts = Array.from({ length: bytes.length }, (_, index) => index)
    for (const cut of [[], cuts]) {
      expect(await all(splitLines(pieces(bytes, cut), 100))).toEqual(['first', { tooLong: true }, 'last'])
    }
  })
})
