import { describe, expect, it } from 'vitest'
import { createPairs, pairLimits } from './pair'
import { linesOf, pairAll, requestsOf, spansOf } from './test-spans'

const web = { 'service.name': 'web', 'service.namespace': 'shop' }
const cart = { 'service.name': 'cart', 'service.namespace': 'shop' }
const [server, client] = [2, 3]

describe('waiting', () => {
  const [parent] = spansOf([web, { id: 1, kind: client, attributes: { 'server.address': 'cart' } }])
  const [child] = spansOf([cart, { id: 2, parent: 1, kind: server }])
  if (!parent || !child) throw new Error('Two spans are made.')
  const { ttlMs } = pairLimits

  it('tells of a database at once', () => {
    const pairs = createPairs('c1')
    for (const span of spansOf([web, { id: 1, kind: client, attributes: { 'db.system': 'redis' } }])) pairs.add(span, 0)
    expect(linesOf(requestsOf(pairs))).toEqual(['shop/web -> redis source'])
    expect(pairs.held).toBe(0)
  })

  it('pairs what arrives within the time, and not a moment before it is over lets go', () => {
    const pairs = createPairs('c1')
    pairs.add(child, 1_000)
    pairs.expire(1_000 + ttlMs - 1)
    pairs.add(parent, 1_000 + ttlMs - 1)
    expect(linesOf(requestsOf(pairs))).toEqual(['shop/web -> shop/cart destination', 'shop/web -> shop/cart source'])
  })

  it('lets a half go when the time is over', () => {
    const pairs = createPairs('c1')
    pairs.add(child, 1_000)
    pairs.add(parent, 1_001)
    pairs.take()
    const late = createPairs('c1')
    late.add(child, 1_000)
    late.expire(1_000 + ttlMs)
    expect(linesOf(requestsOf(late))).toEqual(['unknown -> shop/cart destination'])
    expect(late.held).toBe(0)
    expect(late.counts).toMatchObject({ unpaired: 1, paired: 0 })
  })

  it('still knows the caller of a server span that comes after the client was let go', () => {
    const pairs = createPairs('c1')
    pairs.add(parent, 0)
    pairs.expire(ttlMs)
    pairs.add(child, ttlMs + 1)
    expect(linesOf(requestsOf(pairs))).toEqual([
      'shop/web -> shop/cart destination',
      'shop/web -> svc shop/cart source',
    ])
  })

  it('counts a span once, however often it comes', () => {
    const pairs = createPairs('c1')
    for (let i = 0; i < 3; i++) for (const span of [parent, child]) pairs.add(span, i)
    pairs.release()
    for (const span of [parent, child]) pairs.add(span, 5)
    expect(requestsOf(pairs).length).toBe(2)
    expect(pairs.counts.repeated).toBe(6)
  })

  it('gives a replay the same keys', () => {
    const keys = () => pairAll([parent, child]).map((o) => o.key)
    expect(keys()).toEqual(keys())
  })

  it('holds no more spans than its bound, and counts what it drops', () => {
    const pairs = createPairs('c1', { ...pairLimits, maxHeld: 10 })
    const many = spansOf([
      web,
      ...Array.from({ length: 30 }, (_, i) => ({ id: i + 1, kind: client, endMs: 1_000 + i })),
    ])
    for (const span of many) {
      pairs.add(span, 0)
      expect(pairs.held).toBeLessThanOrEqual(10)
    }
    expect(pairs.take().dropped).toEqual({ n: 20, from: 1_000, to: 1_019 })
    expect(pairs.take().dropped).toBeNull()
    expect(pairs.counts.dropped).toBe(20)
  })

  it('stays fast where very many wait for one that never comes, or more come than are held', () => {
    const pairs = createPairs('c1', { ...pairLimits, maxHeld: 20_000 })
    const [one] = spansOf([cart, { id: 2, parent: 1, kind: server }])
    if (!one) throw new Error('A span is made.')
    for (let i = 0; i < 100_000; i++) pairs.add({ ...one, key: `k${i}` }, i)
    expect(pairs.held).toBeLessThanOrEqual(20_000)
    expect(pairs.counts.dropped + pairs.held).toBe(100_000)
    pairs.release()
    expect(pairs.held).toBe(0)
  })

  it('drops the oldest of callers and callees', () => {
    const pairs = createPairs('c1', { ...pairLimits, maxHeld: 2 })
    const servers = spansOf([
      cart,
      ...[1, 2, 3, 4].map((n) => ({ id: n, parent: 10 + n, kind: server, endMs: 1_000 + n })),
    ])
    for (const [i, span] of servers.entries()) pairs.add(span, i)
    expect(pairs.take().dropped).toEqual({ n: 2, from: 1_001, to: 1_002 })
    pairs.release()
    expect(requestsOf(pairs).map((o) => o.time)).toEqual([1_003, 1_004])
  })
})
