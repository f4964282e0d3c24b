import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../endpoint'
import { outside } from '../redact'
import { endFinderOf } from './ground-ends'
import { modelOf, pod } from './test-model'

const end = (kind: string, name: string, namespace = '', cluster = 'c'): Endpoint => ({
  cluster,
  namespace,
  kind,
  name,
})
const web = pod('shop/web', { kind: 'Deployment', labels: { app: 'web', tier: 'front' }, ips: ['10.0.0.1'] })
const blue = pod('shop/api', { kind: 'Deployment', labels: { app: 'api', color: 'blue', tier: 'front' } })
const green = pod('shop/api', { kind: 'Deployment', labels: { app: 'api', color: 'green' } })
const service = (name: string, selector: Readonly<Record<string, string>>) => ({
  namespace: 'shop',
  name,
  labels: {},
  selector,
  clusterIps: ['10.96.0.1'],
  ports: [{ name: '', protocol: 'TCP' as const, port: 80, targetPort: 8080 }],
  addresses: [],
})
const kubernetes = { ...service('kubernetes', {}), namespace: 'default', selector: null, addresses: ['192.168.0.9'] }
const model = modelOf([blue, green, web], [], {
  nodes: [{ name: 'n1', labels: {}, addresses: ['192.168.0.1'] }],
  services: [service('web', { app: 'web' }), service('front', { tier: 'front' }), kubernetes],
})
const finder = endFinderOf(model, 'c')
const unknown = { type: 'unknown', why: 'not-known' }

describe('the end of an edge', () => {
  it.each<[string, Endpoint, unknown]>([
    ['a workload', end('Deployment', 'web', 'shop'), { type: 'workload', workload: 2 }],
    ['a workload of a kind that no source told', end('Workload', 'web', 'shop'), { type: 'workload', workload: 2 }],
    ['one of which pods differ: the first', end('Deployment', 'api', 'shop'), { type: 'workload', workload: 0 }],
    ['a workload that is gone', end('Deployment', 'old', 'shop'), unknown],
    ['a workload of another cluster', end('Deployment', 'web', 'shop', 'd'), unknown],
    ['a hidden one', outside, { type: 'unknown', why: 'hidden' }],
    ['a node', end('Node', 'n1'), { type: 'node', name: 'n1' }],
    ['a node by its address', end('Node', '192.168.0.1'), { type: 'node', name: 'n1' }],
    ['an address', end('External', '172.16.0.1'), { type: 'external', address: '172.16.0.1', names: [] }],
    ['a host', end('External', 'api.bank.example'), { type: 'external', address: '', names: ['api.bank.example'] }],
    [
      'the Internet, of which no address is told',
      end('External', 'Internet'),
      { type: 'external', address: '', names: [] },
    ],
    [
      'the API server',
      end('External', 'kube-apiserver'),
      { type: 'external', address: '192.168.0.9', names: ['kube-apiserver'] },
    ],
    ['somebody unknown', end('Unknown', '10.9.9.9'), unknown],
  ])('%s', (_, endpoint, found) => {
    expect(finder.end(endpoint)).toEqual(found)
  })

  it('is what is behind a Service where that is one workload on one port', () => {
    expect(finder.target(end('Service', 'web', 'shop'), 'TCP', 80)).toEqual({
      end: { type: 'workload', workload: 2 },
      port: 8080,
    })
    expect(finder.target(end('Service', 'front', 'shop'), 'TCP', 80)).toEqual({ end: unknown, port: 80 })
    expect(finder.target(end('Deployment', 'web', 'shop'), 'TCP', 0).port).toBeNull()
  })
})
