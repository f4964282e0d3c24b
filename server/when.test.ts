import { describe, expect, it } from 'vitest'
import { liveEndOf } from './live-end'
import { type Moments, settleWhen } from './when'

const moments: Moments = {
  liveEnd: async () => 1_000_000,
  recordingSpan: async (id) =>
    new Map([
      [1, { from: 12_345, to: 67_890 }],
      [2, { from: null, to: null }],
    ]).get(id) ?? null,
}

describe('when a question is about', () => {
  it.each([
    ['the last 15 minutes without any time', {}, null, 100_000, 1_000_000],
    ['a length up to the live end', { last: 60_000 }, null, 940_000, 1_000_000],
    ['a length in whole 10 s', { last: 61_000 }, null, 930_000, 1_000_000],
    ['an absolute window, outward to 10 s', { from: 12_345, to: 67_890 }, null, 10_000, 70_000],
    ['less than 10 s, as one step', { from: 12_345, to: 12_346 }, null, 10_000, 20_000],
    ['all of a recording', { recording: 1 }, 1, 10_000, 70_000],
    ['all of a recording, whatever length a page follows', { recording: 1, last: 60_000 }, 1, 10_000, 70_000],
    ['a part of a recording', { recording: 1, from: 20_000, to: 30_000 }, 1, 20_000, 30_000],
    ['an empty recording', { recording: 2 }, 2, 0, 10_000],
  ])('is %s', async (_, params, recording, from, to) => {
    expect(await settleWhen(params, moments)).toEqual({ recording, window: { from, to } })
  })

  it('keeps the last moment of a recording inside', async () => {
    const exact: Moments = { ...moments, recordingSpan: async () => ({ from: 10_000, to: 20_000 }) }
    expect((await settleWhen({ recording: 1 }, exact)).window).toEqual({ from: 10_000, to: 30_000 })
  })

  it('says where a recording that is gone could be looked up', async () => {
    await expect(settleWhen({ recording: 9 }, moments)).rejects.toThrow('no recording 9')
  })
})

describe('the live end', () => {
  it.each([
    ['the newest event, in whole buckets', 99_000, 100_000, 90_000],
    ['not held back by a source that is gone', 10_000, 100_000, 70_000],
    ['near the clock without any data', null, 105_000, 70_000],
    ['never ahead of the clock', 999_000, 100_000, 100_000],
  ])('is %s', (_, newest, now, expected) => {
    expect(liveEndOf(newest, now)).toBe(expected)
  })
})
