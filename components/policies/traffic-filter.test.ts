import { expect, test } from 'vitest'
import { parseFilter } from '@/core/filter/filter-parse'
import type { Direction } from '@/core/policy/normal-form'
import { trafficFilter } from './traffic-filter'

const open = { state: 'open', by: [] } as const
const workloads = Array.from({ length: 30 }, (_, i) => ({
  namespace: i < 20 ? 'shop' : `team-${i}`,
  name: `w${i}`,
  kind: 'Deployment',
  ingress: open,
  egress: open,
  mesh: null,
}))
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const filterOf = (directions: readonly Direction[], selects: readonly number[]) =>
  trafficFilter(
    { places: directions.map((direction) => ({ tier: 'default', direction, order: 1 })), selects } as never,
    { workloads },
  )

test.each([
  [['ingress'], [0], 'to:shop/w0'],
  [['egress'], [0, 1], 'from:shop/w0,shop/w1'],
  [['ingress', 'egress'], [0, 1], 'name:w0,w1'],
  [['ingress'], upTo(20), 'to:ns=shop'],
  [['ingress', 'egress'], upTo(20), 'ns:shop'],
  [['ingress'], [], null],
  [[], [0], null],
] as const)('a policy for %o that selects %o: %s', (directions, selects, text) => {
  expect(filterOf(directions, selects)).toBe(text)
  if (text !== null) expect(parseFilter(text).errors).toEqual([])
})
