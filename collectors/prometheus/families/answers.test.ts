import { describe, expect, it } from 'vitest'
import { istio } from './istio'
import { linkerd } from './linkerd'
import { base, requests } from './test-istio'
import { histogramOf, onlyRequest, readAll, sampleOf } from './test-samples'

describe('Istio', () => {
  it('tells totals apart by code and flags, and they add up', () => {
    const o = onlyRequest(
      readAll(
        istio,
        [
          requests({}, 90),
          requests({ response_code: '503', response_flags: 'UT,UC' }, 8),
          requests({ response_code: '0', response_flags: 'DC' }, 2),
        ],
        [histogramOf('istio_request_duration_milliseconds', base, [[5, 90]])],
      ),
    )
    expect(o).toMatchObject({ requests: 100, responses: 98, serverErrors: 8 })
    expect(o.answers?.map(({ latency, ...counts }) => ({ ...counts, latency: latency !== undefined }))).toEqual([
      { code: '200', requests: 90, responses: 90, clientErrors: 0, serverErrors: 0, latency: true },
      { code: '503', flags: 'UC,UT', requests: 8, responses: 8, clientErrors: 0, serverErrors: 8, latency: false },
      { flags: 'DC', requests: 2, responses: 0, clientErrors: 0, serverErrors: 0, latency: false },
    ])
  })

  it('lets gRPC’s status speak, and keeps what classification names', () => {
    const grpc = { request_protocol: 'grpc', grpc_response_status: '14', request_operation: 'GetCart' }
    expect(onlyRequest(readAll(istio, [requests(grpc)])).answers).toMatchObject([
      { operation: 'GetCart', named: true, code: 'UNAVAILABLE', serverErrors: 10 },
    ])
  })
})

describe('Linkerd', () => {
  const labels = {
    direction: 'inbound',
    target_port: '80',
    namespace: 'shop',
    deployment: 'cart',
    tls: 'true',
    client_id: 'web.shop.serviceaccount.identity.linkerd.cluster.local',
  }
  it('tells codes of responses, and the route that somebody made', () => {
    const route = { ...labels, route_kind: 'HTTPRoute', route_name: 'get-items' }
    const o = onlyRequest(
      readAll(linkerd, [
        sampleOf('request_total', route, 10),
        sampleOf('response_total', { ...route, status_code: '200', classification: 'success' }, 9),
        sampleOf('response_total', { ...route, status_code: '500', classification: 'failure' }, 1),
      ]),
    )
    expect(o.answers).toMatchObject([
      { operation: 'get-items', requests: 10, responses: 0 },
      { operation: 'get-items', code: '200', requests: 0, responses: 9 },
      { operation: 'get-items', code: '500', responses: 1, serverErrors: 1 },
    ])
  })

  it('takes the proxy’s own default route for none', () => {
    const other = { ...labels, route_kind: 'default', route_name: 'default' }
    expect(onlyRequest(readAll(linkerd, [sampleOf('request_total', other, 10)])).answers).toBeUndefined()
  })
})
