import { describe, expect, test } from 'vitest'
import { endpointKey } from '../endpoint'
import { findDrafts, finishFindings, nearestChange } from './find-attention'
import type { Mark } from '../marks/mark'
import type { StepRow } from '../series/step-row'
import { draftWhy, finishWhy } from './why'
import type { EdgeRow, World } from '../world'
import { edge, flows, http, item, row, workload, world } from '../world-fixture'
import { web, bff, checkout, payments, cart, card, over, against, titles, sourceOf } from './test-attention'

const edges = {
  web: (...rows: EdgeRow[]) => edge(web, bff, rows, { id: 1 }),
  bff: (...rows: EdgeRow[]) => edge(bff, checkout, rows, { id: 2 }),
  checkout: (...rows: EdgeRow[]) => edge(checkout, payments, rows, { id: 3 }),
  cart: (...rows: EdgeRow[]) => edge(checkout, cart, rows, { id: 4 }),
  card: (...rows: EdgeRow[]) => edge(payments, card, rows, { id: 5, port: 443 }),
}
const incident = [
  edges.web(http(5000, 0, 20)),
  edges.bff(http(1000, 60, 300)),
  edges.checkout(http(1000, 60, 290)),
  edges.cart(http(1000, 0, 5)),
  edges.card(http(1000, 59, 280, { reporter: 'source' })),
]

describe('trouble', () => {
  test('is told once, at its root, with all that it reaches beneath, nearest first', () => {
    const [first, ...others] = findDrafts(world(incident))
    expect(others).toEqual([])
    expect(first).toMatchObject({
      audit: 'unwell',
      severity: 'failing',
      title: 'payments → api.cardnet.example is failing',
      sentence: '5.9 % of responses are server errors; its limit is 5 %.',
      subject: `${endpointKey(payments)}|${endpointKey(card)}|443|tcp`,
    })
    expect(first?.affected.map(({ name }) => name)).toEqual(['payments', 'checkout', 'bff'])
    expect(first?.evidence).toContainEqual({ figure: 'errors', value: '5.9 % of 1000', witness: 'hubble/source' })
  })
  test('is marked and titled by the health of its root, and tells who of whom it reaches is worse off', () => {
    const milder = [...incident.slice(0, 4), edges.card(http(1000, 45, 280, { reporter: 'source' }))]
    expect(titles(world(milder))).toEqual(['degraded: payments → api.cardnet.example returns errors'])
    expect(findDrafts(world(milder))[0]?.affected.map(({ name, health }) => [name, health])).toEqual([
      ['payments', 'failing'],
      ['checkout', 'failing'],
      ['bff', null],
    ])
  })
  test.each([
    ['is as unwell and reaches more', 2, 'degraded: mail returns errors'],
    ['fails and makes nobody fail', 20, 'failing: mail is failing'],
  ])('that makes others fail stands above what %s', (_what, errors, other) => {
    const milder = [...incident.slice(0, 4), edges.card(http(1000, 45, 280, { reporter: 'source' }))]
    const callers = Array.from({ length: 9 }, (_, at) =>
      edge(workload(`c${at}`), workload('mail'), [http(100, errors)]),
    )
    expect(titles(world([...callers, ...milder]))).toEqual([
      'degraded: payments → api.cardnet.example returns errors',
      other,
    ])
  })
  test('of several calls to one callee is that of the callee', () => {
    const two = [edge(web, cart, [http(100, 10)]), edge(bff, cart, [http(100, 10)])]
    expect(findDrafts(world(two))[0]).toMatchObject({ title: 'cart is failing', subject: endpointKey(cart) })
  })
  test('that only the sum of many weak calls shows is told of the service', () => {
    const many = Array.from({ length: 6 }, (_, at) => edge(workload(`c${at}`), cart, [http(15, 2)]))
    expect(titles(world(many))).toEqual(['failing: cart is failing'])
  })
  test('is none where all is well', () => {
    expect(findDrafts(world([edges.web(http(500))]))).toEqual([])
  })
})

const deniedTo = (n: number) => flows(n, { verdict: 'denied', reason: 'POLICY_DENIED' })

describe('changes against the past', () => {
  test.each<[string, World, string[]]>([
    [
      'newly denied',
      against([edges.cart(deniedTo(50))], [edges.cart(flows(50))]),
      ['failing: checkout → cart is newly denied'],
    ],
    [
      'denied all along',
      against([edges.cart(deniedTo(50))], [edges.cart(deniedTo(50))]),
      ['notice: checkout → cart is denied'],
    ],
    [
      'a new call',
      against([edges.cart(http(50)), edges.card(http(50))], [edges.cart(http(50)), edges.checkout(http(9))]),
      ['notice: payments → api.cardnet.example is a new call'],
    ],
    [
      'a new caller',
      against([edges.cart(http(50)), edges.web(http(50))], [edges.cart(http(50))]),
      ['notice: web is new'],
    ],
    [
      'a call that stopped',
      against(
        [edges.cart(http(500)), edge(web, cart, [http(100)], { id: 9 })],
        [edges.cart(http(500)), edge(web, cart, [http(100)], { id: 9 }), edge(bff, cart, [http(300)], { id: 8 })],
      ),
      ['notice: bff → cart stopped'],
    ],
    [
      'a service that nobody calls any more',
      against([edges.web(http(50))], [edges.web(http(50)), edges.cart(http(200))]),
      ['notice: cart has no traffic any more'],
    ],
    [
      'many more requests',
      against([edges.cart(http(4100))], [edges.cart(http(1000))]),
      ['notice: cart is asked much more often'],
    ],
    ['as many as ever', against([edges.cart(http(1200))], [edges.cart(http(1000))]), []],
    [
      'encryption that ended',
      against(
        [edges.cart(http(50, 0, null, { encryption: 'plaintext' }))],
        [edges.cart(http(50, 0, null, { encryption: 'mtls' }))],
      ),
      ['degraded: checkout → cart is no longer encrypted'],
    ],
    [
      'more calls a request to what fails',
      against([edges.bff(http(200)), edges.checkout(http(500, 10))], [edges.bff(http(200)), edges.checkout(http(200))]),
      ['degraded: checkout → payments is tried again and again', 'degraded: checkout → payments returns errors'],
    ],
    [
      'more calls of which traces tell to what fails, of requests that a proxy counted',
      against(
        [edges.bff(http(200)), edges.checkout(http(500, 10, null, { source: 'otlp' }))],
        [edges.bff(http(200)), edges.checkout(http(200))],
      ),
      ['degraded: checkout → payments returns errors'],
    ],
    [
      'a few calls to what fails, of hardly any before',
      against(
        [edges.bff(http(5000)), edges.checkout(http(500, 10))],
        [edges.bff(http(5000)), edges.checkout(http(200))],
      ),
      ['degraded: checkout → payments returns errors'],
    ],
  ])('%s', (_what, of, expected) => {
    expect(titles(of)).toEqual(expected)
  })
  test('absence proves nothing while a source is away', () => {
    const down = world([]).sources.map((each) => ({ ...each, state: 'retrying' as const }))
    const of = against([edges.web(http(50))], [edges.web(http(50)), edges.cart(http(200))], { sources: down })
    expect(titles(of)).toEqual(['unknown: Hubble cannot be reached'])
  })
  test('nothing is new without a past', () => {
    expect(titles(world([edges.cart(http(50))]))).toEqual([])
  })
})

test('an annotation that cannot be read is told', () => {
  const inventory = [{ ...item(cart), health: 'p95=fast' }]
  expect(findDrafts(world([], { inventory }))[0]?.sentence).toContain('“p95=fast”')
})

test('lost events make a finding of what is unknown', () => {
  const gaps = [
    { source: 'hubble', cluster: 'east', from: 10, to: 20, cause: 'lost_events' as const, lost: 1204, part: 'n1' },
  ]
  expect(findDrafts(world([edges.web(http(50))], { gaps }))[0]).toMatchObject({
    severity: 'unknown',
    title: 'Hubble lost events',
  })
})

test('a time in which Oriel read nothing is one finding, however many sources there are', () => {
  const sources = [sourceOf('hubble:a', 'running'), sourceOf('prometheus:b', 'running')].map((one, at) => ({
    ...one,
    type: at === 0 ? 'hubble' : 'prometheus',
  }))
  const down = (source: string, cause: 'collector_down' | 'source_down' = 'collector_down') => ({
    source,
    cluster: 'east',
    from: 10,
    to: 20,
    cause,
    lost: null,
    part: '',
  })
  const told = (...gaps: World['gaps']) => titles(world([], { sources, gaps }))
  const unread = 'unknown: Oriel was not collecting for a part of this time'
  expect(told(down('hubble:a'), down('prometheus:b'))).toEqual([unread])
  expect(told(down('hubble:a'), down('prometheus:b'), down('prometheus:b', 'source_down'))).toEqual([
    unread,
    'unknown: Prometheus told nothing for a part of this time',
  ])
  expect(told(down('hubble:a'))).toEqual(['unknown: Hubble told nothing for a part of this time'])
})

/** Steps of ten seconds of an edge that turns slow and fails at a step. */
const stepsOf = (edgeId: number, at: number): StepRow[] =>
  Array.from({ length: 40 }, (_, step) => ({
    ...http(50, step >= at ? 4 : 0, step >= at ? 741 : 62),
    edgeId,
    t: step * 10_000,
  }))
const deploy = (name: string, at: number): Mark => ({
  id: name,
  at,
  kind: 'deploy',
  change: 'changed',
  cluster: 'east',
  namespace: 'shop',
  object: 'Deployment',
  name,
  from: '1',
  to: '2',
})

describe('over time', () => {
  const time = { ...over, window: { from: 0, to: 400_000 }, rows: stepsOf(5, 20), changesSeen: true }
  test('a finding tells since when, and the deploy just before', () => {
    const marks = [deploy('cart', 190_000), deploy('payments', 180_000), deploy('payments', 390_000)]
    const [first] = finishFindings(findDrafts(world(incident)), { ...time, marks })
    expect(first?.onset).toMatchObject({ figure: 'errors', at: 200_000, before: 0 })
    expect(first?.change).toEqual({ at: 180_000, kind: 'deploy', name: 'payments', to: '2' })
    expect(first?.id).toBe(`unwell:${endpointKey(payments)}|${endpointKey(card)}|443|tcp`)
  })
  test('why: where it begins and since when there', () => {
    const of = world(incident)
    const draft = draftWhy(of, `${endpointKey(checkout)}|${endpointKey(payments)}|8080|tcp`)
    const why = finishWhy(draft, { ...time, rows: [...stepsOf(3, 25), ...stepsOf(5, 20)] })
    expect(why.sentence).toBe('98 % of these errors begin one hop on: payments → api.cardnet.example.')
    expect([why.onset?.at, why.there?.at]).toEqual([250_000, 200_000])
    expect(why.hops.map(({ id }) => id)).toEqual([`${endpointKey(payments)}|${endpointKey(card)}|443|tcp`])
    expect(finishWhy(draftWhy(of, endpointKey(cart)), time)).toMatchObject({ ailment: null, sentence: '', hops: [] })
  })
  test('a change of somebody else or of long before is none', () => {
    expect(nearestChange([deploy('web', 190_000)], [endpointKey(cart)], 200_000)).toBeNull()
    expect(nearestChange([deploy('cart', 190_000)], [endpointKey(cart)], 2_000_000)).toBeNull()
  })
})

test('what is seen with no response is no trouble', () => {
  expect(findDrafts(world([edges.cart(row({}, { flows: 500 }))]))).toEqual([])
})

test('a source is named by its kind, and by its place where there are several', () => {
  const named = (...sources: World['sources']) => titles(world([], { sources }))
  expect(named(sourceOf('prometheus:http://a:9090', 'failed'))).toEqual(['unknown: Prometheus has failed'])
  expect(
    named(sourceOf('prometheus:http://a:9090', 'failed'), sourceOf('prometheus:http://b:9090', 'running')),
  ).toEqual(['unknown: Prometheus at http://a:9090 has failed'])
})
