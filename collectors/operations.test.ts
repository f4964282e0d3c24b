import { describe, expect, it } from 'vitest'
import type { Endpoint } from '@/core/endpoint'
import { operationLimits } from '@/core/operations/route-collapse'
import { createAggregate } from './aggregate'
import { createOperations } from './operations'
import { responseOf } from './test-observations'

const endpoint = (name: string): Endpoint => ({ cluster: 'c', namespace: 'shop', kind: 'Deployment', name })
const web = endpoint('web')
const cart = endpoint('cart')
const day = 86_400_000

describe('operations of a callee', () => {
  const callee = () => createOperations().of(web, cart, 80, false)

  it('are few, whatever is asked; what is beyond them is one', () => {
    const { operationOf } = callee()
    const names = new Set<string>()
    for (let n = 0; n < 5_000; n++)
      names.add(operationOf(responseOf({ operation: `op-${n}`, code: '200' }), 1)?.name ?? '')
    expect(names.size).toBe(operationLimits.operations + 1)
    expect(names).toContain('(other)')
  })

  it('make room for new ones when they were not asked for in a day', () => {
    const { operationOf } = callee()
    for (let n = 0; n < 300; n++) operationOf(responseOf({ operation: `op-${n}` }), 2 * day)
    expect(operationOf(responseOf({ operation: 'new' }), 2 * day)?.name).toBe('(other)')
    expect(operationOf(responseOf({ operation: 'new' }), 4 * day)?.name).toBe('new')
  })

  it('have few answers, and the same one is the same object', () => {
    const { operationOf } = callee()
    const answers = new Set(
      Array.from({ length: 500 }, (_, n) => operationOf(responseOf({ operation: 'op', code: `${n}` }), 1)),
    )
    expect(answers.size).toBeLessThanOrEqual(61)
  })

  it('keep the places of a route that the application names', () => {
    const { operationOf } = callee()
    for (let n = 0; n < 150; n++) operationOf(responseOf({ operation: `GET /x${n}` }), 1)
    expect(operationOf(responseOf({ operation: 'GET /new' }), 1)?.name).toBe('GET /{name}')
    expect(operationOf(responseOf({ operation: 'GET /new', named: true }), 1)?.name).toBe('GET /new')
  })
})

describe('the aggregate', () => {
  it('counts operations beside the edge, and they add up to no more than it', () => {
    const aggregate = createAggregate('hubble', 10)
    const add = (fields: Parameters<typeof responseOf>[0]) =>
      aggregate.add(responseOf({ time: 10_000, ...fields }), web, cart)
    add({ requests: 1, responses: 0, operation: 'GET /a', latency: undefined })
    add({ operation: 'GET /a', code: '200', latency: 5 })
    add({ operation: 'GET /a', code: '503', serverErrors: 1, latency: 7 })
    add({})
    const { buckets, operations } = aggregate.take()
    expect(buckets).toMatchObject([{ requests: 1, responses: 3, serverErrors: 1 }])
    expect(
      operations.map(({ operation, requests, responses, serverErrors }) => [
        operation,
        requests,
        responses,
        serverErrors,
      ]),
    ).toEqual([
      [{ name: 'GET /a', code: '', flags: '' }, 1, 0, 0],
      [{ name: 'GET /a', code: '200', flags: '' }, 0, 1, 0],
      [{ name: 'GET /a', code: '503', flags: '' }, 0, 1, 1],
    ])
    expect(operations.every(({ bucket, edge }) => bucket === 10_000 && edge === buckets[0]?.edge)).toBe(true)
    expect(aggregate.take()).toEqual({ buckets: [], operations: [] })
  })

  it('spreads totals of a span with their answers', () => {
    const aggregate = createAggregate('prometheus', 10)
    const answers = [
      { code: '200', requests: 90, responses: 90, clientErrors: 0, serverErrors: 0 },
      { code: '503', requests: 10, responses: 10, clientErrors: 0, serverErrors: 10 },
    ]
    aggregate.add(
      responseOf({
        time: 0,
        spanMs: 30_000,
        requests: 100,
        responses: 100,
        serverErrors: 10,
        answers,
        latency: undefined,
      }),
      web,
      cart,
    )
    const { operations } = aggregate.take()
    expect(new Set(operations.map(({ bucket }) => bucket))).toEqual(new Set([0, 10_000, 20_000]))
    const sum = (code: string) =>
      operations.filter((row) => row.operation.code === code).reduce((n, row) => n + (row.requests ?? 0), 0)
    expect([sum('200'), sum('503')]).toEqual([90, 10])
  })
})
