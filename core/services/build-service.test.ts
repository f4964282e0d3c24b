import { describe, expect, it } from 'vitest'
import { buildService, maxRows } from './build-service'
import { edge, external, flows, http, item, workload, world } from '../world-fixture'

const [web, cart, db] = [workload('web'), workload('cart'), workload('cart-db')]
const options = { previous: null, incomingSteps: [], outgoingSteps: [], stepMs: 10_000 }

describe('a service', () => {
  it('lists the unwell first, then the strongest, with shares of the requests', () => {
    const { callers } = buildService(
      world([
        edge(web, cart, [http(300)]),
        edge(workload('bff'), cart, [http(60, 30)]),
        edge(workload('admin'), cart, [http(40)]),
      ]),
      cart,
      options,
    )
    expect(callers.map(({ other, health, share }) => [other.name, health, share])).toEqual([
      ['bff', 'failing', 0.15],
      ['web', 'healthy', 0.75],
      ['admin', 'healthy', 0.1],
    ])
  })

  it('shares flows where nobody saw a request', () => {
    const { callers } = buildService(world([edge(web, db, [flows(30)]), edge(cart, db, [flows(10)])]), db, options)
    expect(callers.map(({ share }) => share)).toEqual([0.75, 0.25])
  })

  it('has the charts of what goes out where nothing comes in', () => {
    const found = buildService(world([edge(cart, db, [flows(5)])]), cart, options)
    expect(found).toMatchObject({ seriesOf: 'outgoing', incoming: null, health: 'unknown', why: 'Nothing calls it' })
  })

  it.each([
    ['traffic', world([edge(web, cart, [http(1)])])],
    ['idle', world([], { inventory: [item(cart, ['cart'], 3)] })],
    ['absent', world([])],
  ])('is %s', (presence, known) => expect(buildService(known, cart, options).presence).toBe(presence))

  it('compares with the window before only where most of that was covered', () => {
    const before = (coveredSeconds: number) =>
      world([edge(web, cart, [http(10, 5)])], { window: { from: -100_000, to: 0 }, coveredSeconds })
    const now = world([edge(web, cart, [http(10)])])
    const previous = (seconds: number) => buildService(now, cart, { ...options, previous: before(seconds) }).previous
    expect(previous(90)?.errorRatio).toBe(0.5)
    expect(previous(40)).toBeNull()
  })

  it('groups what did not get through by edge and reason, most first', () => {
    const { refusals } = buildService(
      world([
        edge(web, cart, [http(10), flows(4, { verdict: 'denied', reason: 'POLICY_DENIED' })]),
        edge(cart, external('bank'), [flows(9, { verdict: 'error', reason: 'UF' }), flows(1)], { port: 443 }),
      ]),
      cart,
      options,
    )
    expect(refusals.map(({ direction, verdict, reason, events }) => [direction, verdict, reason, events])).toEqual([
      ['outgoing', 'error', 'UF', 9],
      ['incoming', 'denied', 'POLICY_DENIED', 4],
    ])
  })

  it('shows a part of many rows and says how many there are', () => {
    const many = Array.from({ length: maxRows + 5 }, (_, at) => edge(workload(`caller-${at}`), cart, [http(at + 1)]))
    const { callers, total } = buildService(world(many), cart, options)
    expect([callers.length, total.callers]).toEqual([maxRows, maxRows + 5])
    expect(callers[0]?.figures.requests).toBe(maxRows + 5)
  })
})
