import { describe, expect, test } from 'vitest'
import { buildServices } from './build-services'
import { parseFilter } from '../filter/filter-parse'
import { edge, external, flows, http, item, workload, world } from '../world-fixture'

const web = workload('web')
const cart = workload('cart')
const service = { ...cart, kind: 'Service', name: 'cart-api' }
const options = { previous: null, steps: [], stepMs: 10_000 }

test('one row per workload and called Service with what comes in', () => {
  const rows = buildServices(
    world(
      [
        edge(web, cart, [http(200, 20)]),
        edge(web, cart, [http(100)], { port: 9090 }),
        edge(external('Internet'), web, [http(10)]),
        edge(web, service, [flows(4)]),
      ],
      { inventory: [item(cart, ['cart-api'], 3), item(workload('idle'))] },
    ),
    options,
  )
  expect(rows.map(({ name, health, callers, callees, pods }) => [name, health, callers, callees, pods])).toEqual([
    ['cart', 'failing', 1, 0, 3],
    ['idle', 'unknown', 0, 0, 1],
    ['web', 'healthy', 1, 2, null],
    ['cart-api', 'unknown', 1, 0, null],
  ])
  expect(rows[0]?.figures).toMatchObject({ requestRate: 3, requests: 300 })
  expect(rows[1]?.figures).toBeNull()
})

test('the period before stands beside, and is null where there was nothing', () => {
  const now = world([edge(web, cart, [http(200)]), edge(cart, web, [http(1)])])
  const before = world([edge(web, cart, [http(50)])], { coveredSeconds: 50 })
  const rows = buildServices(now, { ...options, previous: before })
  expect(rows.map(({ name, previous }) => [name, previous?.requestRate ?? null])).toEqual([
    ['cart', 1],
    ['web', null],
  ])
})

test('the period before is unknown where less than half of it was seen', () => {
  const now = world([edge(web, cart, [http(200)])])
  const before = world([edge(web, cart, [http(5)])], { coveredSeconds: 49 })
  expect(buildServices(now, { ...options, previous: before })[0]?.previous).toBeNull()
})

test('small charts add the edges that come in', () => {
  const edges = [edge(web, cart, [http(200)], { id: 1 }), edge(cart, web, [http(7)], { id: 2 })]
  const rows = buildServices(world(edges), {
    ...options,
    steps: [
      { ...http(200, 10, 5), edgeId: 1, t: 0 },
      { ...http(7), edgeId: 2, t: 0 },
    ],
    stepMs: 50_000,
  })
  expect(rows.map(({ name, requestSpark, errorSpark }) => [name, requestSpark, errorSpark])).toEqual([
    ['cart', [4, 0], [0.05, null]],
    ['web', [0.14, 0], [0, null]],
  ])
})

test('small charts know nothing before the first data and after the newest', () => {
  const rows = buildServices(world([edge(web, cart, [http(200)], { id: 1 })]), {
    ...options,
    steps: [{ ...http(100), edgeId: 1, t: 50_000 }],
    stepMs: 25_000,
    firstData: 25_000,
    lastData: 75_000,
  })
  expect(rows[0]?.requestSpark).toEqual([null, 0, 4, null])
})

test('a filter keeps what matches itself or is called so, with all its figures', () => {
  const all = world([edge(web, cart, [http(200, 20)]), edge(cart, web, [http(10)])])
  const names = (text: string) =>
    buildServices(all, { ...options, filter: parseFilter(text).filter }).map(({ name }) => name)
  expect(names('error:>5%')).toEqual(['cart'])
  expect(names('to:web')).toEqual(['web'])
  expect(names('from:web')).toEqual(['cart'])
  expect(names('name:cart')).toEqual(['cart'])
  expect(names('!name:cart')).toEqual(['web'])
  expect(names('rate:<1 ns:shop')).toEqual(['web'])
})

test('machines of the cluster count neither as callers nor as callees, as on the map', () => {
  const machine = { ...external('node-1'), kind: 'Node' }
  const rows = buildServices(
    world([edge(machine, cart, [http(5)]), edge(cart, machine, [http(5)]), edge(web, cart, [http(5)])]),
    options,
  )
  expect(rows.map(({ name, callers, callees }) => [name, callers, callees])).toEqual([
    ['cart', 1, 0],
    ['web', 0, 1],
  ])
})

describe('compared with the window before', () => {
  const gone = workload('legacy')
  const before = (parts: Parameters<typeof world>[1] = {}) =>
    world([edge(web, cart, [http(50)]), edge(web, gone, [http(60, 6)]), edge(gone, cart, [http(2)])], parts)
  const listed = (now: ReturnType<typeof world>, previous: ReturnType<typeof world>, filter = '') =>
    buildServices(now, { ...options, previous, gone: true, filter: parseFilter(filter).filter }).map(
      ({ name, differences, figures, previous }) => [
        name,
        differences,
        figures?.requests ?? null,
        previous?.requests ?? null,
      ],
    )

  test('who is no more is a row with what it was, who began to be called is new', () => {
    const now = world([edge(web, cart, [http(52)]), edge(cart, workload('fresh'), [http(30)])])
    expect(listed(now, before())).toEqual([
      ['cart', [], 52, 52],
      ['fresh', ['new'], 30, null],
      ['web', [], null, null],
      ['legacy', ['gone'], null, 60],
    ])
    expect(buildServices(now, { ...options, previous: before() }).map(({ name }) => name)).not.toContain('legacy')
  })

  test('a workload that is still there and called no more is gone as a callee', () => {
    const now = world([edge(web, cart, [http(50)])], { inventory: [item(gone)] })
    expect(listed(now, before()).find(([name]) => name === 'legacy')).toEqual(['legacy', ['gone'], null, 60])
  })

  test('too few calls before say nothing, unless the inventory tells that it was deleted', () => {
    const rare = (parts: Parameters<typeof world>[1] = {}) => world([edge(web, gone, [http(2)])], parts)
    const now = (parts: Parameters<typeof world>[1] = {}) => world([edge(web, cart, [http(50)])], parts)
    expect(listed(now(), rare()).map(([name]) => name)).not.toContain('legacy')
    const deleted = listed(now({ inventory: [item(cart)] }), rare({ inventory: [item(gone), item(cart)] }))
    expect(deleted.at(-1)).toEqual(['legacy', ['gone'], null, 2])
  })

  test('where who saw it was away, nothing is known', () => {
    const away = world([], { sourceSeconds: new Map([['east', new Map([['hubble', 10]])]]) })
    expect(listed(away, before()).find(([name]) => name === 'legacy')?.[1]).toEqual(['unknown'])
  })

  test('names of the filter hold for them, figures of now do not', () => {
    const now = world([edge(web, cart, [http(50)])])
    expect(listed(now, before(), 'name:leg*').map(([name]) => name)).toEqual(['legacy'])
    expect(listed(now, before(), 'error:>1%')).toEqual([])
  })
})
