import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Mark } from '@/core/marks/mark'
import { groupMarks, groupWords, placeLabels } from './mark-groups'

const mark = (at: number, more: Partial<Mark> = {}): Mark => ({
  id: `m${at}`,
  at,
  kind: 'deploy',
  change: 'changed',
  cluster: 'east',
  namespace: 'shop',
  object: 'Deployment',
  name: 'bff',
  from: '',
  to: '',
  ...more,
})
const window = { from: 0, to: 1_000 }

test('marks that are near are one, and say what they are together', () => {
  const marks = [
    mark(500),
    mark(100),
    mark(105, { name: 'web' }),
    mark(900),
    mark(905, { kind: 'policy' }),
    mark(2_000),
  ]
  const groups = groupMarks(marks, window, 1_000)
  expect(groups.map((group) => [group.x, groupWords(group)])).toEqual([
    [100, '2 deploys'],
    [500, 'deploy bff'],
    [900, '2 changes'],
  ])
})

test('the weightier label gets the room', () => {
  const label = (x: number, weight: number) => ({ words: 'ten signs!', x, weight })
  expect([...placeLabels([label(500, 1), label(520, 2), label(700, 1)], 1_000, [0, 0])]).toEqual([
    [1, 520],
    [2, 700],
  ])
  expect(placeLabels([label(0, 1)], 1_000, [50, 50]).get(0)).toBe(80)
  expect(placeLabels([label(0, 1)], 120, [50, 50]).size).toBe(0)
})

test('labels never touch, however many there are', () => {
  const anyLabel = fc.record({
    words: fc.string({ minLength: 1, maxLength: 30 }),
    x: fc.integer({ min: 0, max: 900 }),
    weight: fc.integer({ min: 0, max: 5 }),
  })
  fc.assert(
    fc.property(fc.array(anyLabel, { maxLength: 60 }), (labels) => {
      const spans = [...placeLabels(labels, 900, [60, 80])].map(
        ([i, x]) => [x, (labels[i]?.words.length ?? 0) * 5.9] as const,
      )
      for (const [x, w] of spans)
        for (const [other, v] of spans) if (x !== other) expect(Math.abs(x - other)).toBeGreaterThanOrEqual((w + v) / 2)
    }),
  )
})
