import { expect, it } from 'vitest'
import { edge, figures, graphOf, node } from '../map/graph-fixture'
import { matrixCells, matrixCsv } from './matrix-csv'

const [web, cart, db] = [node('web'), node('cart'), node('db')]
const graph = graphOf(
  [web, cart, db],
  [
    edge(web.id, cart.id, { health: 'failing', figures: figures({ requestRate: 12.5, errorRatio: 0.07 }) }),
    edge(web.id, cart.id, { id: `${web.id}|${cart.id}|81|tcp`, figures: figures({ requestRate: 80 }) }),
    edge(cart.id, db.id, {
      l7: 'none',
      figures: figures({ requestRate: null, flowRate: 3, errorRatio: null, p95: null }),
      health: 'unknown',
    }),
  ],
)
const rows = (lens: Parameters<typeof matrixCsv>[1]) => matrixCsv(graph, lens, 'namespace').trimEnd().split('\r\n')

it('has a row for each caller and a column for each callee', () => {
  expect(rows('health')).toEqual([
    '"caller \\ callee (health)",shop/cart,shop/db',
    'shop/cart,,"health unknown"',
    'shop/web,failing,',
  ])
  expect(matrixCells(graph)).toBe(4)
})

it.each([
  ['traffic', 'shop/cart,,3', 'shop/web,92.5,'],
  ['errors', 'shop/cart,,unknown', 'shop/web,0.07,'],
  ['latency', 'shop/cart,,unknown', 'shop/web,20,'],
  ['encryption', 'shop/cart,,"no evidence"', 'shop/web,"no evidence",'],
] as const)('says what the %s lens is about, and never a number for what is unknown', (lens, cart, web) => {
  expect(rows(lens).slice(1)).toEqual([cart, web])
})

it('names clusters where there are several', () => {
  const [a, b] = [node('web', { id: 'a', cluster: 'a' }), node('web', { id: 'b', cluster: 'b' })]
  expect(matrixCsv(graphOf([a, b], [edge('a', 'b')]), 'health', 'namespace')).toContain('a/shop/web,healthy')
})

it('keeps hostile names from being formulas', () => {
  const evil = node('=cmd()', { namespace: '', id: 'evil' })
  expect(matrixCsv(graphOf([web, evil], [edge('evil', web.id)]), 'health', 'namespace')).toContain("'=cmd()")
})
