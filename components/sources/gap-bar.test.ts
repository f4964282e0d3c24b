import { expect, it } from 'vitest'
import type { SourceGap } from '@/core/world'
import { gapParts } from './gap-bar'

const gap = (from: number, to: number | null): SourceGap => ({
  source: 's',
  cluster: 'eu',
  from,
  to,
  cause: 'lost_events',
  lost: 1,
  part: '',
})
const parts = (...gaps: SourceGap[]) => gapParts(gaps, 1000, 2000).map(({ start, width }) => [start, width])

it('places gaps within the span, cuts them at its ends and lets one that goes on reach the end', () => {
  expect(parts(gap(1250, 1500))).toEqual([[0.25, 0.25]])
  expect(parts(gap(500, 1500))).toEqual([[0, 0.5]])
  expect(parts(gap(1500, null))).toEqual([[0.5, 0.5]])
  expect(parts(gap(0, 900), gap(2100, 2200))).toEqual([])
})

it('keeps a short gap visible, also at the very end', () => {
  expect(parts(gap(1999, 1999))).toEqual([[0.996, 0.004]])
})
