import { expect, it } from 'vitest'
import { serviceOf } from './service'

const of = (resource: Record<string, string>, cluster?: string) => serviceOf(new Map(Object.entries(resource)), cluster)

it.each([
  [
    'a deployment',
    { 'service.name': 'x', 'k8s.namespace.name': 'shop', 'k8s.deployment.name': 'cart', 'k8s.pod.name': 'cart-1' },
    { namespace: 'shop', pod: 'cart-1', workload: { kind: 'Deployment', name: 'cart' } },
  ],
  [
    'a replica set, where the resource names no deployment',
    { 'k8s.namespace.name': 'shop', 'k8s.replicaset.name': 'cart-7d4b9c6b5f' },
    { namespace: 'shop', workload: { kind: 'ReplicaSet', name: 'cart-7d4b9c6b5f' } },
  ],
  [
    'a pod, which says more than the application’s name',
    { 'service.name': 'x', 'k8s.namespace.name': 'shop', 'k8s.pod.name': 'redis-0' },
    { namespace: 'shop', pod: 'redis-0' },
  ],
  [
    'an application in a namespace',
    { 'service.name': 'cart', 'service.namespace': 'shop' },
    { namespace: 'shop', workload: { kind: 'Workload', name: 'cart' } },
  ],
  ['an application', { 'service.name': 'cart' }, { workload: { kind: 'Workload', name: 'cart' } }],
  [
    'another cluster',
    { 'service.name': 'cart', 'k8s.cluster.name': 'west' },
    { cluster: 'west', workload: { kind: 'Workload', name: 'cart' } },
  ],
  ['nobody', { 'service.name': 'unknown_service:node' }, {}],
])('names %s', (_, resource, ref) => expect(of(resource).ref).toEqual(ref))

it('keeps equal names in two namespaces apart, and pods of one workload together', () => {
  const identity = (resource: Record<string, string>) => of(resource).identity
  expect(identity({ 'service.name': 'api', 'service.namespace': 'a' })).not.toBe(
    identity({ 'service.name': 'api', 'service.namespace': 'b' }),
  )
  const pod = (name: string) => ({ 'k8s.namespace.name': 'a', 'k8s.pod.name': name })
  expect(identity(pod('web-7d4b9c6b5f-x2x4z'))).toBe(identity(pod('web-7d4b9c6b5f-b5b4z')))
})

it('lets the configuration overrule the cluster that spans name', () =>
  expect(of({ 'service.name': 'cart', 'k8s.cluster.name': 'west' }, 'prod').ref.cluster).toBe('prod'))
