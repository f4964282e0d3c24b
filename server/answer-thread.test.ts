import { afterEach, expect, test, vi } from 'vitest'
import { everything } from '@/core/scope'
import { createAnswerThread } from './answer-thread'
import { raiseHeapCeiling } from './heap-ceiling'

vi.mock(import('./heap-ceiling'), () => ({ heapCeiling: () => 4_096, raiseHeapCeiling: vi.fn<() => number | null>() }))
const raise = vi.mocked(raiseHeapCeiling)

/** A thread that ends as V8 ends one whose heap is full. */
const full = new URL(
  `data:text/javascript,import{parentPort as p}from'node:worker_threads';p.on('message',()=>{throw Object.assign(new Error('full'),{code:'ERR_WORKER_OUT_OF_MEMORY'})})`,
)
const thread = createAnswerThread(full)
afterEach(() => thread.stop())

test.each([
  ['is asked for again where the next thread may fill more', 8_192, /^Oriel had to begin its answers anew/],
  ['says what to do where there is no more', null, /needs more than the 4,096 MB .* shorter window or a filter/],
])('an answer without memory %s', async (_how, raised, sentence) => {
  raise.mockReturnValue(raised)
  await expect(thread.answer('map', {}, everything)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(sentence),
  })
})
