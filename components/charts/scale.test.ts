import { describe, expect, it } from 'vitest'
import type { SourceGap } from '@/core/world'
import { gapWords } from './gap-labels'
import { gapSpans, lastKnown, peak, runsOf, stepMiddle } from './scale'

describe('runsOf', () => {
  it.each([
    [[], []],
    [[null, null], []],
    [
      [1, 2, null, 3],
      [
        [0, 1],
        [3, 3],
      ],
    ],
    [[null, 0, 0], [[1, 2]]],
  ])('splits %j at what is unknown', (values, runs) => expect(runsOf(values)).toEqual(runs))
})

describe('peak and lastKnown', () => {
  it('ignore what is unknown', () => {
    expect(peak([null, 3, null, 2])).toBe(3)
    expect(lastKnown([1, 2, null])).toBe(2)
    expect(lastKnown([null])).toBeNull()
  })
})

describe('gapSpans', () => {
  const gap = (from: number, to: number | null) =>
    ({ from, to, source: 's', cause: 'lost', events: null, reason: '' }) as never
  it('clips to the window, joins what overlaps and runs to the end where a gap is open', () => {
    const window = { from: 100, to: 200 }
    expect(gapSpans({ window, gaps: [gap(50, 110), gap(105, 120), gap(180, null), gap(300, 400)] })).toEqual([
      [0, 0.2],
      [0.8, 1],
    ])
  })
})

describe('stepMiddle', () => {
  it.each([
    [100, 0.25],
    [150, 0.75],
    [60, 0.05],
    [190, 0.95],
    [40, 0],
  ])('of the step at %d is at %d of the window', (start, share) =>
    expect(stepMiddle(start, 50, { from: 100, to: 200 })).toBe(share),
  )
})

describe('gap labels', () => {
  const gap = (from: number, to: number | null, over: Partial<SourceGap> = {}): SourceGap => ({
    source: 'hubble',
    cluster: 'eu',
    from,
    to,
    cause: 'lost_events',
    lost: 602,
    part: '',
    ...over,
  })
  it('names what is missing, adding what several lost', () => {
    expect(gapWords([gap(0, 1), gap(0, 2)])).toBe('Hubble lost 1,204 events')
    expect(gapWords([gap(0, 1, { lost: null })])).toBe('Hubble lost events')
    expect(gapWords([gap(0, null, { cause: 'source_down' })])).toBe('Hubble gone')
    expect(gapWords([])).toBe('')
  })
})
