import { expect, test } from 'vitest'
import { serviceOfHost } from './service-host'

test.each([
  ['cart.shop.svc.cluster.local', { namespace: 'shop', name: 'cart' }],
  ['cart.shop.svc', { namespace: 'shop', name: 'cart' }],
  ['cart.shop.svc.cluster.local.:8080', { namespace: 'shop', name: 'cart' }],
  ['cart.shop', null],
  ['api.svc.example', null],
  ['redis-0.redis.shop.svc.cluster.local', { namespace: 'shop', name: 'redis' }],
  ['a.b.c.cart.shop.svc', null],
  ['', null],
])('%s names %j', (host, expected) => expect(serviceOfHost(host)).toEqual(expected))
