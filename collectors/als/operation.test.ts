import { expect, it } from 'vitest'
import { one } from './test-decode'
import { cartNode, http, inbound, ok, request } from './test-samples'

const trailers = { response_trailers: { 'grpc-status': '14' } }

it.each<[string, object, object, object, object]>([
  ['a path', inbound, request, ok, { operation: 'GET /items', code: '200', flags: undefined }],
  [
    'an id in a path',
    inbound,
    { request_method: 3, path: '/users/7/orders' },
    ok,
    { operation: 'POST /users/{id}/orders' },
  ],
  [
    'gRPC',
    inbound,
    { request_method: 3, path: '/shop.Cart/Get', request_headers: { 'content-type': 'application/grpc' } },
    { ...ok, ...trailers },
    { l7: 'grpc', operation: 'shop.Cart/Get', code: 'UNAVAILABLE' },
  ],
  [
    'a connection that failed',
    { ...inbound, response_flags: { upstream_connection_failure: true, upstream_retry_limit_exceeded: true } },
    request,
    { response_code: { value: 503 } },
    { code: '503', flags: 'UF,URX' },
  ],
  [
    'a caller that went away',
    { ...inbound, response_flags: { downstream_connection_termination: true } },
    request,
    {},
    { code: undefined, flags: 'DC', responses: 0 },
  ],
])('%s', (_, common, asked, response, expected) => {
  expect(one(http(cartNode, common, { request: asked, response }))).toMatchObject(expected)
})
