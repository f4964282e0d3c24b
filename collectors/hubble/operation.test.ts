import { expect, it } from 'vitest'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { isObservation } from './received'
import { createEncoder } from './test-encode'

const encode = createEncoder()

/** The same flow read both ways. */
function read(l7: object) {
  const flow = { time: '2026-07-31T10:41:02Z', Type: 'L7', event_type: { type: 129 }, node_name: 'n1', l7 }
  const both = [
    createDecoder('c1').decode(encode({ flow })),
    createJsonDecoder('c1').decode(JSON.stringify({ flow })),
  ].map((o) => (isObservation(o) && o.type === 'request' ? { operation: o.operation, code: o.code } : null))
  expect(both[0]).toEqual(both[1])
  return both[0]
}

const grpc = [{ key: 'content-type', value: 'application/grpc' }]

it.each<[string, object, string | undefined, string | undefined]>([
  [
    'a request',
    { type: 'REQUEST', http: { method: 'GET', url: 'http://a:80/users/7?x' } },
    'GET /users/{id}',
    undefined,
  ],
  ['a response', { type: 'RESPONSE', http: { code: 404, method: 'GET', url: '/users/7' } }, 'GET /users/{id}', '404'],
  [
    'gRPC that says how it ended',
    {
      type: 'RESPONSE',
      http: {
        code: 200,
        method: 'POST',
        url: 'http://a/shop.Cart/Get',
        headers: [...grpc, { key: 'grpc-status', value: '14' }],
      },
    },
    'shop.Cart/Get',
    'UNAVAILABLE',
  ],
  [
    'gRPC that failed in HTTP',
    { type: 'RESPONSE', http: { code: 503, method: 'POST', url: 'http://a/shop.Cart/Get', headers: grpc } },
    'shop.Cart/Get',
    '503',
  ],
  [
    'DNS',
    { type: 'REQUEST', dns: { query: 'Cart.shop.svc.', qtypes: ['A', 'AAAA'] } },
    'A,AAAA cart.shop.svc',
    undefined,
  ],
  ['DNS answered', { type: 'RESPONSE', dns: { query: 'no.', qtypes: ['A'], rcode: 3 } }, 'A no', 'NXDOMAIN'],
  ['DNS answered well', { type: 'RESPONSE', dns: { query: 'cart.', qtypes: ['A'] } }, 'A cart', 'NOERROR'],
  [
    'Kafka',
    { type: 'RESPONSE', kafka: { error_code: 3, api_key: 'produce', topic: 'orders' } },
    'produce orders',
    'UNKNOWN_TOPIC_OR_PARTITION',
  ],
  ['a URL that is not told', { type: 'RESPONSE', http: { code: 200 } }, undefined, '200'],
])('%s', (_, l7, operation, code) => {
  expect(read(l7)).toEqual({ operation, code })
})
