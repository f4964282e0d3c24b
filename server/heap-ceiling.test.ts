import { Worker } from 'node:worker_threads'
import { expect, it, test } from 'vitest'
import { heapCeiling, raisedCeiling, raiseHeapCeiling } from './heap-ceiling'

test.each([
  ['is doubled', 512, 24_000, 1024],
  ['ends at half of the memory', 512, 1_500, 750],
  ['stays where it is that high', 750, 1_500, null],
  ['is not lowered in a small container', 512, 512, null],
])('a ceiling %s', (_how, now, memory, raised) => {
  expect(raisedCeiling(now, memory)).toBe(raised)
})

it('holds for threads that begin after it was raised', async () => {
  const limit = () =>
    new Promise<number>((resolve) => {
      const tells = 'const{parentPort:p}=require("worker_threads");p.postMessage(require("v8").getHeapStatistics())'
      new Worker(tells, { eval: true, env: {} }).once('message', (told) => resolve(told.heap_size_limit))
    })
  const before = await limit()
  const now = heapCeiling()
  expect(raiseHeapCeiling(now * 8)).toBe(now * 2)
  expect((await limit()) / before).toBeCloseTo(2, 0)
  expect(heapCeiling()).toBe(now * 2)
})
