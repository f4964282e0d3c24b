import { expect, test } from 'vitest'
import { dnsOperation, grpcOperation, pathOperation, routeOperation, wordsOperation } from './operation-name'

test.each([
  ['get', 'http://shop:8080/products/17?x=1', 'GET /products/{id}'],
  ['', '/a', '/a'],
  ['BREW', '/pot', 'OTHER /pot'],
  ['CONNECT', 'shop.example:443', 'CONNECT'],
])('%s %s', (method, path, name) => {
  expect(pathOperation(method, path)).toBe(name)
})

test('a route stays as the application names it', () => {
  expect(routeOperation('GET', '/users/:id/2024')).toBe('GET /users/:id/2024')
  expect(routeOperation('', '\u0007/x')).toBe('/x')
})

test.each([
  ['/shop.v1.Cart/GetItem', 'shop.v1.Cart/GetItem'],
  ['http://cart:9000/shop.Cart/GetItem?x', 'shop.Cart/GetItem'],
  ['shop.Cart/GetItem', 'shop.Cart/GetItem'],
  ['/not/grpc/7', '/not/grpc/{id}'],
])('gRPC %s', (path, name) => {
  expect(grpcOperation(path)).toBe(name)
})

test.each([
  ['Catalog.Shop.svc.cluster.local.', ['A'], 'A catalog.shop.svc.cluster.local'],
  ['shop.example', ['A', 'AAAA'], 'A,AAAA shop.example'],
  ['shop.example', [], 'shop.example'],
  ['shop.example', ['<b>'], '? shop.example'],
  ['10-1-2-3.shop.pod.cluster.local', ['A'], 'A {ip}.shop.pod.cluster.local'],
  ['4.3.2.10.in-addr.arpa.', ['PTR'], 'PTR {ip}.in-addr.arpa'],
  ['da39a3ee5e6b4b0d3255bfef95601890.cdn.example', ['A'], 'A {id}.cdn.example'],
  ['s3.eu-west-1.example', ['A'], 'A s3.eu-west-1.example'],
])('DNS %s', (query, types, name) => {
  expect(dnsOperation(query, types)).toBe(name)
})

test.each([
  ['SELECT orders', 'SELECT orders'],
  ['hipstershop.CartService/AddItem', 'hipstershop.CartService/AddItem'],
  ['GET /users/17', 'GET /users/{id}'],
  ['job 20240131-7', 'job {id}'],
])('words %s', (words, name) => {
  expect(wordsOperation(words)).toBe(name)
})
