import { describe, expect, it } from 'vitest'
import { createInventoryIndex } from './inventory-index'
import type { InventoryObject } from './inventory-object'
import { ownedBy, pod, service, slice, workload } from './inventory-samples'

const at = 10_000
const indexOf = (...objects: InventoryObject[]) => {
  const index = createInventoryIndex('c')
  for (const object of objects) index.apply({ type: 'upsert', object, at })
  return index
}
const cart = workload('StatefulSet', 'cart')
const cartPods = [pod('cart-0', ownedBy(cart)), pod('cart-1', ownedBy(cart))]
const web = workload('DaemonSet', 'web')
const webPod = pod('web-x7k2p', ownedBy(web))
const tcp = (port: number, targetPort = '', name = '') => ({ name, port, protocol: 'TCP', targetPort })
const listening = (name: string, port: number) => [{ name, port, protocol: 'TCP' }]

describe('what is behind a Service', () => {
  it.each([
    ['the only workload, on its target port', [tcp(80, '8080')], [], 80, 'cart', 8080],
    ['a port that the slice resolves by name', [tcp(80, 'http', 'web')], listening('web', 9000), 80, 'cart', 9000],
    ['a named port that nobody resolves: not known', [tcp(80, 'http')], [], 80, 'cart', 0],
    ['the same port where no target is set', [tcp(80)], [], 80, 'cart', 80],
    ['its only port where none was told', [tcp(80, '8080')], [], 0, 'cart', 8080],
    ['no port where it has several and none was told', [tcp(80, '8080'), tcp(81, '8081')], [], 0, 'cart', 0],
    ['a port that it does not have', [tcp(80, '8080')], [], 443, 'cart', 443],
  ] as const)('is %s', (_, ports, slicePorts, asked, name, port) => {
    const index = indexOf(cart, ...cartPods, service('cart', { ports }), {
      ...slice('cart', cartPods),
      ports: slicePorts,
    })
    expect(index.behindService('c', 'shop', 'cart', asked)).toEqual({
      endpoint: expect.objectContaining({ name }),
      port,
    })
  })

  it('is nobody where several workloads are, and follows what changes', () => {
    const mixed = slice('cart', [...cartPods, webPod])
    const index = indexOf(cart, web, ...cartPods, webPod, service('cart'), mixed)
    expect(index.behindService('c', 'shop', 'cart', 80)?.endpoint).toBeNull()
    index.apply({ type: 'upsert', object: slice('cart', [webPod]), at })
    expect(index.behindService('c', 'shop', 'cart', 80)?.endpoint).toMatchObject({ kind: 'DaemonSet', name: 'web' })
    index.apply({ type: 'delete', object: service('cart'), at })
    expect(index.behindService('c', 'shop', 'cart', 80)).toBeNull()
    expect(index.behindService('other', 'shop', 'cart', 80)).toBeNull()
  })
})

describe('a workload by its name', () => {
  const set = workload('ReplicaSet', 'shop-5d9c7', ownedBy(workload('Deployment', 'shop')))
  const index = indexOf(cart, web, set, workload('Deployment', 'shop'), webPod)

  it.each([
    ['cart', 'StatefulSet/cart'],
    ['web', 'DaemonSet/web'],
    ['shop', 'Deployment/shop'],
    ['shop-5d9c7', null],
    ['gone', null],
  ])('%s is %s', (name, expected) => {
    const found = index.workloadNamed('c', 'shop', name, at)
    expect(found && `${found.kind}/${found.name}`).toBe(expected)
  })

  it.each([
    ['shop-5d9c7-*', 'Deployment/shop'],
    ['web-*', 'DaemonSet/web'],
    ['gone-*', null],
  ])('all pods %s are of %s', (name, expected) => {
    const found = index.workloadOf('c', 'shop', name, at)
    expect(found && `${found.kind}/${found.name}`).toBe(expected)
  })

  it('is found without a namespace only where it is the only one', () => {
    const other = workload('Deployment', 'web', { namespace: 'books', uid: 'other' })
    expect(index.workloadNamed('c', '', 'web', at)).toMatchObject({ kind: 'DaemonSet' })
    const both = indexOf(web, other, webPod)
    expect(both.workloadNamed('c', '', 'web', at)).toBeNull()
  })

  it('stays known after it is gone', () => {
    index.apply({ type: 'delete', object: web, at: at + 5 })
    expect(index.workloadNamed('c', 'shop', 'web', at + 1)).toMatchObject({ kind: 'DaemonSet' })
  })
})
