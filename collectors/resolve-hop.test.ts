import { describe, expect, it } from 'vitest'
import { createInventoryIndex } from '@/core/inventory/inventory-index'
import type { NodeObject } from '@/core/inventory/inventory-object'
import { pod, service, workload } from '@/core/inventory/inventory-samples'
import type { FlowObservation } from '@/core/observation'
import { createResolver } from './resolve'
import { flowOf } from './test-observations'

const at = 1_000_000
const node = (name: string, key: string, address: string): NodeObject => ({
  uid: name,
  namespace: '',
  createdAt: 0,
  labels: {},
  owner: null,
  kind: 'Node',
  name,
  annotations: key ? { 'projectcalico.org/WireguardPublicKey': key } : {},
  addresses: [address],
})

const cluster = () => {
  const index = createInventoryIndex('c')
  const see = (...objects: Parameters<typeof index.apply>[0][]) => objects.forEach((event) => index.apply(event))
  const objects = [
    node('n1', 'a', '192.168.0.1'),
    node('n2', 'b', '192.168.0.2'),
    node('bare', '', '192.168.0.3'),
    workload('DaemonSet', 'agent'),
    service('db', { clusterIps: ['10.96.0.1'] }),
    pod('web', { node: 'n1', ips: ['10.0.0.1'] }),
    pod('db', { node: 'n2', ips: ['10.0.0.2'] }),
    pod('near', { node: 'n1', ips: ['10.0.0.3'] }),
    pod('far', { node: 'bare', ips: ['10.0.0.4'] }),
    pod('agent', { node: 'n2', hostNetwork: true, ips: ['192.168.0.2'] }),
  ]
  see(...objects.map((object) => ({ type: 'upsert' as const, object, at })))
  return index
}

const toPod = (name: string, toIp = ''): Partial<FlowObservation> => ({ to: { namespace: 'shop', pod: name }, toIp })

describe('the way of a call', () => {
  it.each([
    ['to a pod on another node with a key', toPod('db', '10.0.0.2'), 'wireguard'],
    ['to a pod that only its address tells', { to: {}, toIp: '10.0.0.2' }, 'wireguard'],
    ['to a pod on the same node', toPod('near'), 'same-node'],
    ['to a pod on a node without a key', toPod('far'), 'open'],
    ['to a pod in its host’s network', toPod('agent', '192.168.0.2'), 'unknown'],
    ['to a node', { to: { reserved: 'remote-node' as const, node: 'n2' }, toIp: '192.168.0.2' }, 'unknown'],
    ['to its own node', { to: { reserved: 'host' as const }, toIp: '192.168.0.1' }, 'same-node'],
    [
      'to the API server on its own node',
      { to: { reserved: 'kube-apiserver' as const }, toIp: '192.168.0.1' },
      'same-node',
    ],
    ['to the API server elsewhere', { to: { reserved: 'kube-apiserver' as const }, toIp: '203.0.113.1' }, 'open'],
    ['to the outside', { to: { reserved: 'world' as const }, toIp: '8.8.8.8' }, 'open'],
    ['to a Service that stands for several pods', { to: {}, toIp: '10.96.0.1' }, 'unknown'],
    [
      'to a workload of which no pod is told',
      { to: { namespace: 'shop', workload: { kind: 'Deployment', name: 'db' } }, toIp: '' },
      'unknown',
    ],
    [
      'to a workload behind a node’s address',
      { to: { namespace: 'shop', workload: { kind: 'Deployment', name: 'db' } }, toIp: '192.168.0.2' },
      'unknown',
    ],
    ['to pods that are told together', toPod('db-5d9c7-*'), 'unknown'],
    ['to a pod that was never seen', toPod('gone'), 'unknown'],
    ['to an address that nobody knows', { to: {}, toIp: '10.9.9.9' }, 'unknown'],
    ['to another cluster', { to: { cluster: 'd', namespace: 'shop', pod: 'db' }, toIp: '10.0.0.2' }, 'unknown'],
  ])('%s', (_, call, hop) => {
    const from = { namespace: 'shop', pod: 'web' }
    const { resolveCall } = createResolver(cluster())
    expect(resolveCall(flowOf({ from, fromIp: '10.0.0.1', time: at, ...call })).hop).toBe(hop)
  })

  it('is that of the time of the flow, also of a call that was asked before', () => {
    const index = cluster()
    const { resolveCall } = createResolver(index)
    const call = flowOf({ from: { namespace: 'shop', pod: 'web' }, ...toPod('far', '10.0.0.4'), time: at })
    expect(resolveCall(call).hop).toBe('open')
    index.apply({ type: 'upsert', object: node('bare', 'late', '192.168.0.3'), at: at + 60_000 })
    expect(resolveCall(call).hop).toBe('open')
    expect(resolveCall({ ...call, time: at + 61_000 }).hop).toBe('wireguard')
  })
})
