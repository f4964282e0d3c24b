import { describe, expect, it } from 'vitest'
import type { Labels, Target } from '../family'
import { obi } from './obi'
import { context, onlyFlow, readAll, sampleOf } from './test-samples'

const owners = {
  k8s_src_owner_name: 'web',
  k8s_src_namespace: 'shop',
  k8s_dst_owner_name: 'cart',
  k8s_dst_namespace: 'shop',
}
const bytes = (labels: Labels, n = 100) => sampleOf('obi_network_flow_bytes_total', { ...owners, ...labels }, n)
const flow = (labels: Labels, target: Target | null = null) => onlyFlow(readAll(obi, [bytes(labels)], [], target))
const owner = (name: string, kind = 'Workload') => ({ namespace: 'shop', workload: { kind, name } })

describe('bytes', () => {
  it('are between owners, and nothing is known of what became of them', () => {
    const known = flow({ direction: 'request', transport: 'TCP', dst_port: '8080' })
    expect(known).toMatchObject({
      from: owner('web'),
      to: owner('cart'),
      bytesSent: 100,
      port: 8080,
      protocol: 'tcp',
      verdict: 'unknown',
      encryption: 'unknown',
      reporter: 'unknown',
    })
    for (const absent of ['flows', 'connections', 'bytesReceived']) expect(known).not.toHaveProperty(absent)
  })

  it('of a response are received by the caller, on the same edge', () => {
    const request = bytes({ direction: 'request', dst_port: '8080' })
    const response = sampleOf(
      'beyla_network_flow_bytes_total',
      {
        k8s_src_owner_name: 'cart',
        k8s_src_namespace: 'shop',
        k8s_dst_owner_name: 'web',
        k8s_dst_namespace: 'shop',
        direction: 'response',
        src_port: '8080',
      },
      900,
    )
    expect(onlyFlow(readAll(obi, [request, response]))).toMatchObject({
      from: owner('web'),
      to: owner('cart'),
      bytesSent: 100,
      bytesReceived: 900,
    })
  })

  it.each<[string, Labels, object, string]>([
    ['an owner of a known kind', { k8s_dst_owner_type: 'StatefulSet' }, owner('cart', 'StatefulSet'), ''],
    ['a Service', { k8s_dst_owner_type: 'Service' }, { service: { namespace: 'shop', name: 'cart' } }, ''],
    [
      'a machine',
      { k8s_dst_owner_name: 'n2', k8s_dst_namespace: '', k8s_dst_type: 'Node' },
      { reserved: 'remote-node', node: 'n2' },
      '',
    ],
    [
      'an outside name',
      { k8s_dst_owner_name: '', dst_name: 'api.example.com', dst_address: '93.184.216.34' },
      { reserved: 'world', names: ['api.example.com'] },
      '93.184.216.34',
    ],
    ['an address', { k8s_dst_owner_name: '', dst_address: '10.0.0.9', dst_name: '10.0.0.9' }, {}, '10.0.0.9'],
    ['nothing', { k8s_dst_owner_name: '' }, { reserved: 'unknown' }, ''],
  ])('to %s', (_name, labels, to, toIp) => {
    expect(flow(labels)).toMatchObject({ to, toIp })
  })

  it.each([
    ['the callee’s node', { k8s_dst_node_name: 'n1', k8s_src_node_name: 'n2' }, 'destination'],
    ['the caller’s node', { k8s_dst_node_name: 'n2', k8s_src_node_name: 'n1' }, 'source'],
    ['a node not told', {}, 'unknown'],
  ])('by the agent on %s', (_name, labels, reporter) => {
    expect(flow(labels, { node: 'n1' }).reporter).toBe(reporter)
  })

  it('are of the observed cluster, unless agents of several report', () => {
    const one = { ...context, cluster: 'prod' }
    expect(readAll(obi, [bytes({ k8s_cluster_name: 'east' })], [], null, one).map(({ cluster }) => cluster)).toEqual([
      'prod',
    ])
    const both = [bytes({ k8s_cluster_name: 'east' }), bytes({ k8s_cluster_name: 'prod' })]
    expect(readAll(obi, both, [], null, one).map(({ cluster }) => cluster)).toEqual(['east', 'prod'])
  })
})
