import { describe, expect, test } from 'vitest'
import { buildServices } from '../services/build-services'
import { factsOf } from './facts-of-world'
import { compileEdgeFilter } from './filter-match'
import { linePatterns, lineTest, operationTest } from './filter-operation'
import { parseFilter } from './filter-parse'
import { filterValues } from './filter-values'
import { edge, http, workload, world } from '../world-fixture'

test.each([
  ['/users/*', 'GET /users/{id}', true],
  ['/users/{id}', 'GET /users/{id}', true],
  ['GET /users/{id}', 'GET /users/{id}', true],
  ['get*', 'GET /users/{id}', true],
  ['post*', 'GET /users/{id}', false],
  ['/users', 'GET /users/{id}', false],
  ['shop.Cart/*', 'shop.Cart/GetItem', true],
  ['*.example', 'A api.example', true],
  ['api.example', 'A,AAAA api.example', true],
])('op:%s of the operation %s', (value, operation, expected) => expect(operationTest(value)(operation)).toBe(expected))

test.each([
  ['/users/{id}', 'GET /users/123', true],
  ['GET /users/{id}', 'get /users/123?page=2', true],
  ['/users/*', 'GET /users/123/orders', true],
  ['/users/{id}', 'GET /carts/123', false],
  ['api.example', 'A api.example', true],
  ['/x', 'GET /xy', false],
])('op:%s of the line %s', (value, line, expected) => expect(lineTest(linePatterns(value))(line)).toBe(expected))

describe('op:', () => {
  const [web, cart, dns] = [workload('web'), workload('cart'), workload('dns')]
  const edges = [edge(web, cart, [http(10)], { id: 1 }), edge(web, dns, [http(10)], { id: 2 })]
  const known = world(edges, {
    operations: new Map([
      [1, ['GET /cart/{id}', 'POST /cart']],
      [2, ['A api.example']],
    ]),
  })
  const facts = factsOf(known)
  const found = (text: string) => {
    const { filter, errors } = parseFilter(text)
    expect(errors).toEqual([])
    const matches = compileEdgeFilter(filter, facts)
    return edges
      .filter((each) =>
        matches(
          each.edge,
          each.rows.map((row) => row.facet),
        ),
      )
      .map((each) => each.edge.id)
  }
  test.each<[string, number[]]>([
    ['op:/cart*', [1]],
    ['op:"POST /cart"', [1]],
    ['route:/cart/{id},api.example', [1, 2]],
    ['!op:/cart*', [2]],
    ['op:none', []],
  ])('%s finds edges', (text, ids) => expect(found(text)).toEqual(ids))

  test('finds services by what is asked of them', () => {
    const options = { previous: null, steps: [], stepMs: 10_000, filter: parseFilter('op:/cart*').filter }
    expect(buildServices(known, options).map(({ name }) => name)).toEqual(['cart'])
  })
  test('is completed from what was asked', () => {
    const values = filterValues(known, { field: 'op', text: 'cart', limit: 5 }, facts)
    expect(values).toEqual([
      { value: 'GET /cart/{id}', edges: 1 },
      { value: 'POST /cart', edges: 1 },
    ])
  })
})
