import { expect, it } from 'vitest'
import { operationOf } from './operation'
import { spansOf } from './test-spans'

it.each<[string, string, Record<string, string | number>, object]>([
  [
    'a route before the path',
    'GET',
    { 'http.request.method': 'GET', 'http.route': '/users/:id', 'url.path': '/users/7' },
    { operation: 'GET /users/:id', named: true },
  ],
  [
    'a path, new names',
    'GET',
    { 'http.request.method': 'GET', 'url.path': '/users/7' },
    { operation: 'GET /users/{id}' },
  ],
  ['a path, old names', 'x', { 'http.method': 'GET', 'http.target': '/users/7?q=1' }, { operation: 'GET /users/{id}' }],
  [
    'a client’s URL',
    'GET',
    { 'http.request.method': 'GET', 'url.full': 'https://a.example/p/7' },
    { operation: 'GET /p/{id}' },
  ],
  [
    'gRPC, old names',
    'x',
    { 'rpc.system': 'grpc', 'rpc.service': 'shop.Cart', 'rpc.method': 'Get' },
    { operation: 'shop.Cart/Get', named: true },
  ],
  [
    'gRPC, new names',
    'x',
    { 'rpc.system.name': 'grpc', 'rpc.method': 'shop.Cart/Get' },
    { operation: 'shop.Cart/Get', named: true },
  ],
  [
    'a database',
    'x',
    { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'orders' },
    { operation: 'SELECT orders' },
  ],
  [
    'a queue',
    'x',
    { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders', 'messaging.operation.type': 'send' },
    { operation: 'send orders' },
  ],
  ['its name alone', 'hipstershop.CartService/AddItem', {}, { operation: 'hipstershop.CartService/AddItem' }],
  ['its name with an id', 'job 4711', {}, { operation: 'job {id}' }],
])('%s', (_, name, attributes, expected) => {
  const [span] = spansOf([{ 'service.name': 'web' }, { id: 1, name, attributes }])
  expect(span && operationOf(span)).toEqual(expected)
})
