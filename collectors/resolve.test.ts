import { describe, expect, it } from 'vitest'
import { flowOf } from './test-observations'
import { createResolver, noInventory, type InventoryLookup } from './resolve'

const inventory: InventoryLookup = {
  version: 1,
  workloadOf: (cluster, namespace, pod) =>
    pod === 'web-1' ? { cluster, namespace, kind: 'Rollout', name: 'web' } : null,
  workloadNamed: (cluster, namespace, name) =>
    name === 'reviews' ? { cluster, namespace: namespace || 'books', kind: 'StatefulSet', name } : null,
  behindService: (cluster, namespace, name, port) => {
    if (name === 'cart') return { endpoint: { cluster, namespace, kind: 'Deployment', name: 'cart-v2' }, port: 8080 }
    return name === 'split' ? { endpoint: null, port: port || 9000 } : null
  },
  placeOf: () => null,
  nodeKeys: () => null,
  resolveIp: (cluster, ip, time) => {
    if (ip === '10.96.0.7') return { cluster, namespace: 'shop', kind: 'Service', name: 'cart' }
    if (ip !== '10.0.0.9') return null
    return { cluster, namespace: 'shop', kind: 'Deployment', name: time < 1_000 ? 'old' : 'new' }
  },
}

describe('resolve', () => {
  const { resolve } = createResolver(inventory)

  it('believes the inventory before the source', () => {
    const ref = { namespace: 'shop', pod: 'web-1', workload: { kind: 'Deployment', name: 'other' } }
    expect(resolve(ref, '10.0.0.1', 'c', 5)).toEqual({ cluster: 'c', namespace: 'shop', kind: 'Rollout', name: 'web' })
  })

  it('resolves a reused address by the time of the flow, in any order', () => {
    const ref = {}
    expect([2_000, 500, 3_000].map((time) => resolve(ref, '10.0.0.9', 'c', time).name)).toEqual(['new', 'old', 'new'])
  })

  it('gives equal endpoints as one object', () => {
    expect(resolve({ namespace: 'a', pod: 'x' }, '', 'c', 1)).toBe(resolve({ namespace: 'a', pod: 'x' }, '', 'c', 2))
  })

  it.each([
    ['a public address', { reserved: 'world' as const }, '8.8.8.8', 'External/Internet'],
    [
      'a public address with a name',
      { reserved: 'world' as const, names: ['api.example'] },
      '8.8.8.8',
      'External/api.example',
    ],
    [
      'a party that is not known to be outside',
      { reserved: 'unknown' as const, names: ['private network'] },
      '',
      'Unknown/private network',
    ],
    ['a private outside address', { reserved: 'world' as const }, '10.1.2.3', 'External/10.1.2.3'],
    ['the host it names', { reserved: 'host' as const, node: 'n1' }, '10.0.0.1', 'Node/n1'],
    ['a host by its address', { reserved: 'remote-node' as const }, '10.0.0.1', 'Node/10.0.0.1'],
    ['the API server', { reserved: 'kube-apiserver' as const }, '10.0.0.1', 'External/kube-apiserver'],
    [
      'a Service where nothing else is known',
      { service: { namespace: 'shop', name: 'cart' } },
      '10.96.0.1',
      'Service/cart',
    ],
    ['nothing at all', {}, '', 'Unknown/unknown'],
  ])('names %s', (_, ref, ip, expected) => {
    const endpoint = createResolver(noInventory).resolve(ref, ip, 'c', 1)
    expect(`${endpoint.kind}/${endpoint.name}`).toBe(expected)
  })

  it.each([
    ['the address of a Service', { fromIp: '', toIp: '10.96.0.7', to: {}, port: 80 }, 'Deployment/cart-v2', 8080],
    [
      'a Service that is named',
      { toIp: '', to: { service: { namespace: 'shop', name: 'cart' } }, port: 80 },
      'Deployment/cart-v2',
      8080,
    ],
    ['a Service by its host', { toIp: '', to: { names: ['cart.shop.svc.cluster.local'] } }, 'Deployment/cart-v2', 8080],
    [
      'a workload that was called through a Service, on a port that nobody told',
      {
        toIp: '',
        to: {
          namespace: 'shop',
          workload: { kind: 'Workload', name: 'reviews' },
          service: { namespace: 'shop', name: 'split' },
        },
        port: 0,
      },
      'StatefulSet/reviews',
      9000,
    ],
    [
      'a Service with several workloads behind it',
      { toIp: '', to: { service: { namespace: 'shop', name: 'split' } }, port: 80 },
      'Service/split',
      80,
    ],
    [
      'a short host of the caller’s namespace',
      { toIp: '', to: { names: ['cart'] }, port: 80 },
      'Deployment/cart-v2',
      8080,
    ],
    [
      'a short host with its namespace',
      { toIp: '', to: { names: ['cart.shop'] }, port: 80 },
      'Deployment/cart-v2',
      8080,
    ],
    ['a host that is no Service', { toIp: '', to: { names: ['api.example'] }, port: 443 }, 'External/api.example', 443],
    [
      'a Service that is not known',
      { toIp: '', to: { service: { namespace: 'shop', name: 'gone' } }, port: 80 },
      'Service/gone',
      80,
    ],
  ])('resolves a call to %s to what was reached', (_, call, expected, port) => {
    const resolved = createResolver(inventory).resolveCall(flowOf(call))
    expect(`${resolved.to.kind}/${resolved.to.name}`).toBe(expected)
    expect(resolved.port).toBe(port)
  })

  it('finds the kind of a workload, and the only one of an application’s name', () => {
    const { resolve } = createResolver(inventory)
    const named = (namespace?: string) =>
      resolve({ namespace, workload: { kind: 'Workload', name: 'reviews' } }, '', 'c', 1)
    expect(named('shop')).toMatchObject({ namespace: 'shop', kind: 'StatefulSet' })
    expect(named()).toMatchObject({ namespace: 'books', kind: 'StatefulSet' })
    expect(resolve({ workload: { kind: 'Workload', name: 'elsewhere' } }, '', 'c', 1)).toMatchObject({
      namespace: '',
      kind: 'Workload',
    })
  })

  it('keeps the cluster that the end names, else the observer’s', () => {
    expect(resolve({ cluster: 'other', namespace: 'a', pod: 'x' }, '', 'c', 1).cluster).toBe('other')
    expect(resolve({ namespace: 'a', pod: 'x' }, '', 'c', 1).cluster).toBe('c')
  })
})
