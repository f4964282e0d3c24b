import { expect, it, test } from 'vitest'
import { type Figures, unknownFigures } from '@/core/figures/figures'
import type { ServiceRow } from '@/core/services/service-row'
import { groupRows, sortServices } from './sort-services'
import { serviceRow as row } from './test-rows'

const figures = (part: Partial<Figures>): Figures => ({
  ...unknownFigures,
  ...part,
})
const names = (rows: readonly ServiceRow[]) => rows.map(({ name }) => name)

const rows = [
  row('quiet', { figures: figures({ requestRate: 1 }) }),
  row('dark', { health: 'unknown' }),
  row('busy', { figures: figures({ requestRate: 50 }) }),
  row('broken', { health: 'failing', figures: figures({ requestRate: 5 }) }),
]

test.each([
  ['health', 'descending', ['broken', 'busy', 'quiet', 'dark']],
  ['rate', 'descending', ['busy', 'broken', 'quiet', 'dark']],
  ['rate', 'ascending', ['quiet', 'broken', 'busy', 'dark']],
  ['service', 'ascending', ['broken', 'busy', 'quiet', 'dark']],
] as const)('by %s, %s', (id, direction, order) => expect(names(sortServices(rows, { id, direction }))).toEqual(order))

it('does not touch the rows that it was given', () => {
  const before = [...rows]
  sortServices(rows, { id: 'rate', direction: 'ascending' })
  expect(rows).toEqual(before)
})

it('heads each namespace with its count and its worst health, and names clusters where there are several', () => {
  const lines = groupRows([row('a', { health: 'degraded' }), row('b'), row('c', { cluster: 'us' })], 'namespace')
  expect(lines.map((line) => (line.type === 'head' ? [line.label, line.count, line.worst] : line.row.name))).toEqual([
    ['eu / shop', 2, 'degraded'],
    'a',
    'b',
    ['us / shop', 1, 'healthy'],
    'c',
  ])
})

test('those without traffic come last, however it is sorted', () => {
  const rows = [row('a'), row('b', { figures: figures({ requestRate: 1 }) }), row('c', { callees: 2 })]
  expect(names(sortServices(rows, { id: 'service', direction: 'ascending' }))).toEqual(['b', 'c', 'a'])
  expect(names(sortServices(rows, { id: 'service', direction: 'descending' }))).toEqual(['c', 'b', 'a'])
})

test('teams head their services, whatever the namespace; those of none stand together', () => {
  const lines = groupRows([row('a', { team: 'shop' }), row('b'), row('c', { team: 'shop', namespace: 'web' })], 'team')
  expect(lines.map((line) => (line.type === 'head' ? `${line.label} ${line.count}` : line.row.name))).toEqual([
    'shop 2',
    'a',
    'c',
    'no team 1',
    'b',
  ])
})
