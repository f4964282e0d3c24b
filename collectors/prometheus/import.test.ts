import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileBatch } from '@/collectors/source'
import { readPages } from './import'
import { testFamily } from './test-family'
import { observed } from './test-reading'

const time = 1_700_000_000_000

async function read(text: string | Buffer) {
  const bytes = Buffer.from(text)
  const batches: FileBatch[] = []
  for await (const batch of readPages(chunks(bytes), { cluster: 'c1', time }, [testFamily])) batches.push(batch)
  const skipped: Record<string, number> = {}
  for (const batch of batches)
    for (const [reason, n] of Object.entries(batch.skipped)) skipped[reason] = (skipped[reason] ?? 0) + n
  const sum = (of: (batch: FileBatch) => number) => batches.reduce((n, batch) => n + of(batch), 0)
  const told = observed({ batches }).map((one) => [one.time - time, one.spanMs, one.requests, one.to.workload?.name])
  return { told, skipped, lines: sum((b) => b.lines), used: sum((b) => b.used), malformed: sum((b) => b.malformed) }
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 37) yield bytes.subarray(at, at + 37)
}

const page = (a: number, b: number, at: string = '') =>
  `# TYPE test_requests_total counter\ntest_requests_total{to="a"} ${a}${at}\ntest_requests_total{to="b"} ${b}${at}\nother 1\n`

describe('a file of metrics', () => {
  it('of one page counts the totals, at its time', async () => {
    expect(await read(page(7, 3))).toEqual({
      told: [
        [-1, 1, 7, 'a'],
        [-1, 1, 3, 'b'],
      ],
      skipped: { 'a comment': 1, 'a metric that Oriel does not read': 1 },
      lines: 4,
      used: 2,
      malformed: 0,
    })
    expect((await read(page(7, 3, ' 1700000009'))).told[0]).toEqual([8_999, 1, 7, 'a'])
  })

  it.each([
    ['where a series comes again', page(7, 3) + page(9, 3), 15_000],
    ['at # EOF', `${page(7, 3)}# EOF\n${page(9, 3)}# EOF\n`, 15_000],
    ['where the time changes', page(7, 3, ' 1700000000000') + page(9, 3, ' 1700000020000'), 20_000],
    ['packed', gzipSync(page(7, 3) + page(9, 3)), 15_000],
  ])('of several pages counts what grew: %s', async (_, text, span) => {
    expect((await read(text)).told).toEqual([[0, span, 2, 'a']])
  })

  it('keeps targets apart, and counts the totals of those that are there once', async () => {
    const line = (instance: string, n: number) => `test_requests_total{to="a",job="j",instance="${instance}"} ${n}\n`
    const { told } = await read(line('x', 5) + line('x', 6) + line('y', 9))
    expect(told).toEqual([
      [0, 15_000, 1, 'a'],
      [14_999, 1, 9, 'a'],
    ])
  })

  it('counts what it passes over, by reason', async () => {
    const text = `${page(1, 1, ' 1700000010')}test_requests_total{to="a"} 1 1600000000\ntest_requests_total{to=a} 1\ntest_requests_total 1 x\n`
    const { skipped, malformed, lines, used } = await read(text)
    expect(skipped).toMatchObject({ 'older than the page before': 1, 'no line of the text format': 2 })
    expect([malformed, lines, used]).toEqual([3, 7, 2])
    expect((await read(gzipSync(page(1, 1)).subarray(0, 30))).skipped).toMatchObject({
      'the gzip breaks off or is damaged': 1,
    })
  })

  it('never throws, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(80), async (bytes, at) => {
        const good = Buffer.from(page(1, 2) + page(3, 4))
        const { lines, used, skipped } = await read(Buffer.concat([good.subarray(0, at), bytes, good.subarray(at)]))
        expect(used + Object.values(skipped).reduce((a, b) => a + b, 0)).toBe(lines)
      }),
      { numRuns: 300 },
    )
  })
})
