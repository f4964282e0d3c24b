import { describe, expect, it } from 'vitest'
import { linesOf, pairAll, spansOf } from './test-spans'

const web = { 'service.name': 'web', 'service.namespace': 'shop' }
const cart = { 'service.name': 'cart', 'service.namespace': 'shop' }
const other = { 'service.name': 'cart', 'service.namespace': 'test' }
const [internal, server, client, producer, consumer] = [1, 2, 3, 4, 5]

describe('calls between services that send spans', () => {
  it('are told by the server and by the client, each with its own duration and status', () => {
    const calls = pairAll(
      spansOf(
        [web, { id: 1, kind: client, ms: 9, attributes: { 'http.response.status_code': 504, 'server.port': 80 } }],
        [
          cart,
          {
            id: 2,
            parent: 1,
            kind: server,
            ms: 4,
            attributes: { 'http.response.status_code': 500, 'server.port': 8080 },
          },
        ],
      ),
    )
    expect(linesOf(calls)).toEqual(['shop/web -> shop/cart:8080 destination', 'shop/web -> shop/cart:8080 source'])
    expect(calls.find((o) => o.reporter === 'destination')).toMatchObject({
      latency: 4,
      serverErrors: 1,
      requests: 1,
      l7: 'http',
    })
    expect(calls.find((o) => o.reporter === 'source')).toMatchObject({ latency: 9, serverErrors: 1, responses: 1 })
  })

  it.each([
    ['a queue, through the parent', { parent: 1 }],
    ['a queue, through a link', { links: [1] }],
    ['a queue, through both at once', { parent: 1, links: [1] }],
  ])('go over %s', (_, relation) => {
    const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders', 'server.port': 9092 }
    const calls = pairAll(
      spansOf([web, { id: 1, kind: producer, attributes }], [cart, { id: 2, kind: consumer, attributes, ...relation }]),
    )
    expect(linesOf(calls)).toEqual(['shop/web -> shop/cart destination', 'shop/web -> shop/cart source'])
    expect(calls[0]?.l7).toBe('kafka')
    // The port is the broker's, which is neither end.
    expect(calls.map(({ port }) => port)).toEqual([0, 0])
  })

  it('are one for each message that a consumer takes in one go', () => {
    const calls = pairAll(
      spansOf(
        [web, { id: 1, kind: producer }, { id: 2, kind: producer }],
        [cart, { id: 3, kind: consumer, links: [1, 2] }],
      ),
    )
    expect(linesOf(calls)).toEqual([
      'shop/web -> shop/cart destination',
      'shop/web -> shop/cart destination',
      'shop/web -> shop/cart source',
      'shop/web -> shop/cart source',
    ])
    expect(new Set(calls.map((o) => o.key)).size).toBe(4)
  })

  it('are one for each consumer of a message', () => {
    const calls = pairAll(
      spansOf(
        [web, { id: 1, kind: producer }],
        [cart, { id: 2, kind: consumer, parent: 1 }],
        [other, { id: 3, kind: consumer, parent: 1 }],
      ),
    )
    expect(linesOf(calls)).toEqual([
      'shop/web -> shop/cart destination',
      'shop/web -> shop/cart source',
      'shop/web -> test/cart destination',
      'shop/web -> test/cart source',
    ])
  })

  it.each([
    ['an internal span', internal],
    ['a server span', server],
  ])('are known by the server alone where its parent is %s of another service', (_, kind) => {
    const calls = pairAll(spansOf([web, { id: 1, kind, parent: 9 }], [cart, { id: 2, parent: 1, kind: server }]))
    expect(linesOf(calls)).toContain('shop/web -> shop/cart destination')
    expect(linesOf(calls)).not.toContain('shop/web -> shop/cart source')
  })

  it('are known by a parent of another service where spans have no kind', () => {
    const calls = pairAll(
      spansOf([web, { id: 1 }, { id: 2, parent: 1 }], [cart, { id: 3, parent: 2 }, { id: 4, parent: 3 }]),
    )
    expect(linesOf(calls)).toEqual(['shop/web -> shop/cart destination', 'shop/web -> shop/cart source'])
  })

  it('are told apart by namespace', () => {
    const calls = pairAll(spansOf([cart, { id: 1, kind: client }], [other, { id: 2, parent: 1, kind: server }]))
    expect(linesOf(calls)[0]).toBe('shop/cart -> test/cart destination')
  })

  it('may be of a service to itself', () => {
    const calls = pairAll(spansOf([web, { id: 1, kind: client }, { id: 2, parent: 1, kind: server }]))
    expect(linesOf(calls)).toEqual(['shop/web -> shop/web destination', 'shop/web -> shop/web source'])
  })

  it('count a server span within another of the same service once', () => {
    const calls = pairAll(
      spansOf(
        [web, { id: 1, kind: client }],
        [cart, { id: 2, parent: 1, kind: server }, { id: 3, parent: 2, kind: server }],
      ),
    )
    expect(calls.length).toBe(2)
  })

  it('count a retried request at the callee twice, at the caller once', () => {
    const calls = pairAll(
      spansOf(
        [web, { id: 1, kind: client }],
        [cart, { id: 2, parent: 1, kind: server }, { id: 3, parent: 1, kind: server }],
      ),
    )
    expect(linesOf(calls)).toEqual([
      'shop/web -> shop/cart destination',
      'shop/web -> shop/cart destination',
      'shop/web -> shop/cart source',
    ])
  })
})

describe('one half alone', () => {
  const called = (attributes: Record<string, string | number | boolean>, kind = client) =>
    linesOf(pairAll(spansOf([web, { id: 1, kind, attributes }])))

  it.each<[string, Record<string, string | number>, string]>([
    [
      'a database by its address',
      { 'db.system.name': 'postgresql', 'server.address': 'pg.data.svc', 'server.port': 5432 },
      'svc data/pg:5432',
    ],
    [
      'a database by its IP',
      { 'db.system': 'redis', 'net.peer.ip': '10.0.0.7', 'net.peer.port': 6379 },
      '10.0.0.7:6379',
    ],
    ['a database without an address', { 'db.system': 'postgresql', 'db.name': 'orders' }, 'postgresql:orders'],
    [
      'a database behind a local proxy',
      { 'db.system': 'mysql', 'server.address': 'localhost', 'server.port': 3306 },
      'mysql',
    ],
    ['an outside host', { 'server.address': 'api.stripe.com', 'server.port': 443 }, 'api.stripe.com:443'],
    ['an outside host in an old URL', { 'http.url': 'https://user:pw@api.stripe.com/v1' }, 'api.stripe.com:443'],
    ['a host with its port', { 'http.host': 'api.stripe.com:8443' }, 'api.stripe.com:8443'],
    [
      'a Service of the cluster',
      { 'server.address': 'cart.shop.svc.cluster.local', 'server.port': 80 },
      'svc shop/cart:80',
    ],
    ['a Service beside the caller', { 'net.peer.name': 'cart', 'net.peer.port': 80 }, 'svc shop/cart:80'],
    ['a named peer', { 'peer.service': 'payments' }, 'payments'],
    ['a named peer in its namespace', { 'service.peer.name': 'pay', 'service.peer.namespace': 'money' }, 'money/pay'],
    ['an IPv6 address', { 'server.address': 'fd00::7', 'server.port': 80 }, 'fd00::7:80'],
  ])('calls %s', (_, attributes, to) => expect(called(attributes)).toEqual([`shop/web -> ${to} source`]))

  it('calls a queue', () =>
    expect(called({ 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' }, producer)).toEqual([
      'shop/web -> kafka:orders source',
    ]))

  it('calls all queues that are made for one answer as one', () =>
    expect(
      called(
        {
          'messaging.system': 'rabbitmq',
          'messaging.destination.name': 'amq.gen-x1',
          'messaging.destination.temporary': true,
        },
        producer,
      ),
    ).toEqual(['shop/web -> rabbitmq:temporary source']))

  it('is no call over a socket file', () => expect(called({ 'server.address': '/var/run/docker.sock' })).toEqual([]))

  it('is no call where a client names nobody', () => expect(called({})).toEqual([]))

  it.each<[string, Record<string, string>, number, string]>([
    ['somebody unknown', {}, server, 'unknown'],
    ['the Internet', { 'client.address': '8.8.8.8', 'network.peer.address': '10.0.0.1' }, server, 'world 8.8.8.8'],
    ['an address of the cluster', { 'network.peer.address': '10.0.0.1' }, server, 'unknown 10.0.0.1'],
    ['a queue', { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' }, consumer, 'kafka:orders'],
  ])('is called by %s', (_, attributes, kind, from) => {
    const line = `${from} -> shop/cart destination`
    expect(linesOf(pairAll(spansOf([cart, { id: 1, kind, attributes }])))).toEqual([line])
    expect(linesOf(pairAll(spansOf([cart, { id: 1, kind, parent: 9, attributes }])))).toEqual([line])
  })

  it('is one call where client spans lie within each other', () => {
    const outer = { id: 1, kind: client, attributes: { 'server.address': 'api.x.com' } }
    const inner = { id: 2, parent: 1, kind: client, attributes: { 'server.address': 'api.x.com' } }
    for (const spans of [
      [outer, inner],
      [inner, outer],
    ])
      expect(linesOf(pairAll(spansOf([web, ...spans])))).toEqual(['shop/web -> api.x.com source'])
  })

  it('is one call where a database client lies around its driver or its HTTP client', () => {
    const outer = { id: 1, kind: client, attributes: { 'db.system': 'x', 'server.address': 'db.x.com' } }
    const driver = { id: 2, parent: 1, kind: client, attributes: { 'db.system': 'x', 'server.address': 'db.x.com' } }
    const http = { id: 2, parent: 1, kind: client, attributes: { 'server.address': 'db.x.com' } }
    for (const spans of [
      [outer, driver],
      [driver, outer],
      [outer, http],
      [http, outer],
    ])
      expect(linesOf(pairAll(spansOf([web, ...spans])))).toEqual(['shop/web -> db.x.com source'])
  })
})
