import { describe, expect, it } from 'vitest'
import { buildServices } from './build-services'
import { endpointKey } from '../endpoint'
import { buildServiceCharts, incomingOf } from './service-charts'
import { edge, http, item, workload, world } from '../world-fixture'

const [web, cart, db, waypoint] = [workload('web'), workload('cart'), workload('db'), workload('waypoint')]
const idsOf = (...endpoints: (typeof web)[]) => new Set(endpoints.map(endpointKey))
const all = world(
  [
    edge(web, cart, [http(200)], { id: 1 }),
    edge(db, cart, [http(30)], { id: 2 }),
    edge(cart, db, [http(7)], { id: 3 }),
    edge(waypoint, db, [http(7)], { id: 4, port: 15_008 }),
    edge(web, db, [http(7, 0, null, { source: 'prometheus:istio', reporter: 'waypoint' })], { id: 5 }),
  ],
  { inventory: [item(waypoint, [], 1, 'waypoint')] },
)
const steps = [
  { ...http(200, 10, 5), edgeId: 1, t: 0 },
  { ...http(20), edgeId: 2, t: 50_000 },
  { ...http(7, 0, 3), edgeId: 3, t: 0 },
]

describe('what comes in', () => {
  it.each([
    ['to those that are asked for', idsOf(cart, db), { cart: [1, 2], db: [3, 5] }],
    ['is nothing where nobody calls', idsOf(web), {}],
    ['is nothing where there is nobody', idsOf(workload('nobody')), {}],
  ])('%s', (_, ids, expected) =>
    expect(
      Object.fromEntries(
        [...incomingOf(all, ids)].map(([id, edges]) => [
          id.split('/').at(-1),
          edges.map(({ edge: { id: own } }) => own),
        ]),
      ),
    ).toEqual(expected),
  )
})

it('the charts of some are those that the list of all has', () => {
  const options = { steps, stepMs: 50_000, firstData: 0, lastData: 100_000 }
  const charts = buildServiceCharts(all, incomingOf(all, idsOf(cart, db)), options)
  expect(charts.map(({ id }) => id)).toEqual([...idsOf(cart, db)])
  const rows = new Map(buildServices(all, { ...options, previous: null }).map((row) => [row.id, row]))
  for (const { id, ...chart } of charts) expect(rows.get(id)).toMatchObject(chart)
  expect(charts[0]?.requestSpark).toEqual([4, 0.4])
})
