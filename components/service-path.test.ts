import { describe, expect, it } from 'vitest'
import { serviceOf, servicePath } from './service-path'

const partsOf = (path: string) => {
  const [, , cluster = '', namespace = '', kind = '', name = ''] = path.split('/')
  return { cluster, namespace, kind, name }
}

describe('the address of a service', () => {
  it.each([
    ['a workload', { cluster: 'east', namespace: 'shop', kind: 'Deployment', name: 'cart' }],
    [
      'an outside name without a namespace',
      { cluster: 'east', namespace: '', kind: 'External', name: 'api.x.example' },
    ],
    ['a network with a slash', { cluster: 'eu/1', namespace: '', kind: 'External', name: '10.0.0.0/8' }],
    ['a name with percent and space', { cluster: '', namespace: '', kind: 'Unknown', name: '50% of it' }],
  ])('of %s leads back to it', (_, endpoint) => {
    expect(serviceOf(partsOf(servicePath(endpoint)))).toEqual(endpoint)
  })

  it.each([
    ['no name', '/services/east/shop/Deployment/'],
    ['a broken escape', '/services/east/shop/Deployment/%E0%A4'],
  ])('with %s is none', (_, path) => expect(serviceOf(partsOf(path))).toBeNull())
})
