import { expect, it } from 'vitest'
import { backoffDelay, pause } from './backoff'

it('doubles up to the most, a half of it by lot', () => {
  const backoff = { firstMs: 100, maxMs: 1_000 }
  const delays = (random: number) => [0, 1, 2, 3, 4, 50].map((attempt) => backoffDelay(backoff, attempt, () => random))
  expect(delays(0)).toEqual([50, 100, 200, 400, 500, 500])
  expect(delays(1)).toEqual([100, 200, 400, 800, 1_000, 1_000])
})

it('does not wait once aborted', async () => {
  await pause(1_000_000, AbortSignal.abort())
})
