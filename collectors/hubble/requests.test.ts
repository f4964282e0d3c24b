import { describe, expect, it } from 'vitest'
import type { Observation, RequestObservation } from '@/core/observation'
import { http, readOne, reply } from './test-rules'

describe('requests', () => {
  const request = (o: Observation) => o as RequestObservation

  it('latency and errors come from responses only', () => {
    expect(readOne(http('REQUEST', 0))).toMatchObject({
      type: 'request',
      l7: 'http',
      requests: 1,
      responses: 0,
      counts: true,
    })
    expect(request(readOne(http('REQUEST', 0))).latency).toBeUndefined()
    const response = readOne({ ...reply, ...http('RESPONSE', 503) })
    expect(response).toMatchObject({
      requests: 0,
      responses: 1,
      serverErrors: 1,
      clientErrors: 0,
      latency: 2.5,
      port: 80,
      fromIp: '10.0.0.1',
    })
    expect(response.record?.()).toMatchObject({ status: 503, summary: 'GET /x' })
    expect(readOne({ ...reply, ...http('RESPONSE', 404) })).toMatchObject({ serverErrors: 0, clientErrors: 1 })
  })

  it('gRPC by its headers', () => {
    const headers = [{ key: 'content-type', value: 'application/grpc+proto' }]
    expect(readOne(http('REQUEST', 0, { headers }))).toMatchObject({ l7: 'grpc' })
    const failed = [...headers, { key: 'grpc-status', value: '14' }]
    expect(readOne({ ...reply, ...http('RESPONSE', 200, { headers: failed }) })).toMatchObject({
      l7: 'grpc',
      serverErrors: 1,
    })
  })

  it.each([
    [0, 0, 0],
    [3, 1, 0],
    [2, 0, 1],
  ])('DNS rcode %i', (rcode, clientErrors, serverErrors) => {
    const dns = { Type: 'L7', l7: { type: 'RESPONSE', dns: { query: 'db.shop.svc.', qtypes: ['A'], rcode } } }
    const o = readOne({ ...reply, ...dns })
    expect(o).toMatchObject({ l7: 'dns', clientErrors, serverErrors })
    expect(o.record?.()).toMatchObject({ status: rcode, summary: 'A db.shop.svc' })
  })

  it('a sample counts nothing', () => {
    expect(readOne(http('SAMPLE', 200))).toMatchObject({ counts: false, requests: 0, responses: 0 })
  })
})
