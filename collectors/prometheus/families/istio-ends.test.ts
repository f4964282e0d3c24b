import { describe, expect, it } from 'vitest'
import { istio } from './istio'
import { cart, type Changes, request, requests, web } from './test-istio'
import { context, readAll } from './test-samples'

describe('ends', () => {
  const unknown = { source_workload: 'unknown', source_workload_namespace: 'unknown' }
  const nobody = { reserved: 'unknown' }

  it.each([
    ['nobody known', unknown, nobody],
    ['`unknown` and absent are the same', { source_workload: '', source_workload_namespace: '' }, nobody],
    [
      'the namespace of the certificate',
      { ...unknown, source_principal: 'spiffe://td/ns/shop/sa/web' },
      { namespace: 'shop' },
    ],
    [
      'the certificate beside a workload without namespace',
      { source_workload_namespace: 'unknown', source_principal: 'spiffe://td/ns/shop/sa/web' },
      web,
    ],
    ['a canonical service for the workload', { source_workload: 'unknown', source_canonical_service: 'web' }, web],
    ['a principal of another form tells nothing', { ...unknown, source_principal: 'malicious' }, nobody],
  ])('source: %s', (_name, changes, ref) => {
    expect(request(changes).from).toEqual(ref)
  })

  it('a namespace of nobody is Istio’s mistake and is left out', () => {
    expect(readAll(istio, [requests({ source_workload: 'unknown' })])).toEqual([])
  })

  const gone = {
    reporter: 'source',
    destination_workload: 'unknown',
    destination_workload_namespace: 'unknown',
    destination_service: 'unknown',
    destination_service_name: 'unknown',
    destination_service_namespace: 'unknown',
  }
  const to = (service: string, name: string, namespace: string, more: Changes = {}) => ({
    ...gone,
    destination_service: service,
    destination_service_name: name,
    destination_service_namespace: namespace,
    ...more,
  })
  const service = { service: { namespace: 'shop', name: 'cart' } }
  const world = (name: string) => ({ reserved: 'world', names: [name] })

  it.each<[string, Changes, object, string, number]>([
    ['a Service that no workload answered for', to('cart.shop.svc.cluster.local', 'cart', 'shop'), service, '', 0],
    ['its namespace by the host', to('cart.shop.svc.cluster.local', 'cart', 'unknown'), service, '', 0],
    [
      'its whole host as the name',
      to('cart.shop.svc.cluster.local', 'cart.shop.svc.cluster.local', 'unknown'),
      service,
      '',
      0,
    ],
    [
      'another cluster’s, as early meshes wrote it',
      to('cart.shop.global', 'cart.shop.global', 'unknown'),
      service,
      '',
      0,
    ],
    ['a service port says nothing of the pod’s', to('cart:9080', 'cart', 'shop'), service, '', 0],
    ['a ServiceEntry', to('api.example.com', 'api.example.com', 'shop'), world('api.example.com'), '', 0],
    [
      'a ServiceEntry with a port',
      to('api.example.com:443', 'api.example.com:443', 'shop'),
      world('api.example.com'),
      '',
      443,
    ],
    [
      'a wildcard, by the request’s host',
      to('en.wikipedia.org', '*.wikipedia.org', 'shop'),
      world('en.wikipedia.org'),
      '',
      0,
    ],
    ['a wildcard alone', to('*.wikipedia.org', '*.wikipedia.org', 'shop'), world('*.wikipedia.org'), '', 0],
    [
      'passed through to a name',
      to('api.example.com', 'PassthroughCluster', 'unknown'),
      world('api.example.com'),
      '',
      0,
    ],
    [
      'passed through to a short name, which may be a domain too',
      to('cart.shop', 'PassthroughCluster', 'unknown'),
      world('cart.shop'),
      '',
      0,
    ],
    [
      'passed through to a Service by its full name',
      to('cart.shop.svc', 'PassthroughCluster', 'unknown'),
      service,
      '',
      0,
    ],
    ['passed through to an address', to('10.1.2.3:8080', 'PassthroughCluster', 'unknown'), {}, '10.1.2.3', 8080],
    ['passed through to nobody known', to('unknown', 'PassthroughCluster', 'unknown'), nobody, '', 0],
    ['nothing known', gone, nobody, '', 0],
    [
      'a canonical service',
      { ...gone, destination_workload_namespace: 'shop', destination_canonical_service: 'cart-v1' },
      { namespace: 'shop', workload: cart.workload },
      '',
      0,
    ],
    [
      'a workload behind InboundPassthroughCluster',
      { destination_service: 'cart', destination_service_name: 'InboundPassthroughClusterIpv4' },
      { namespace: 'shop', workload: cart.workload },
      '',
      0,
    ],
  ])('destination: %s', (_name, changes, ref, toIp, port) => {
    const known = request(changes)
    expect(known.to).toEqual(ref)
    expect(known).toMatchObject({ toIp, port })
  })

  it('a Service that is a bare address is Istio’s mistake and is left out', () => {
    for (const host of ['10.20.30.40', '10.20.30.40:9080', '[fd00::1]:80', 'fd00::1'])
      expect(readAll(istio, [requests(to(host, host, 'shop'))])).toEqual([])
  })

  it('what a registry does not know is denied where only the registry is allowed', () => {
    const changes = to('api.example.com', 'BlackHoleCluster', 'unknown', { response_code: '502' })
    expect(request(changes)).toMatchObject({
      verdict: 'denied',
      reason: 'BlackHoleCluster',
      to: world('api.example.com'),
    })
  })
})

describe('clusters', () => {
  const read = (...all: Changes[]) =>
    readAll(
      istio,
      all.map((changes) => requests(changes)),
      [],
      null,
      { ...context, cluster: 'prod' },
    )
  const names = (...all: Changes[]) => read(...all).map((o) => [o.from.cluster ?? o.cluster, o.to.cluster ?? o.cluster])

  it('Istio’s only cluster is the observed one, whatever its name', () => {
    expect(names({ source_cluster: 'Kubernetes', destination_cluster: 'Kubernetes' })).toEqual([['prod', 'prod']])
    expect(names({ source_cluster: 'east', destination_cluster: 'east' })).toEqual([['prod', 'prod']])
  })

  it('another cluster’s end keeps its name', () => {
    expect(names({ source_cluster: 'west', destination_cluster: 'east' })).toEqual([['west', 'prod']])
    expect(names({ reporter: 'source', source_cluster: 'west', destination_cluster: 'east' })).toEqual([
      ['prod', 'east'],
    ])
  })

  it('an unknown destination is looked for where the caller is', () => {
    expect(names({ reporter: 'source', source_cluster: 'west', destination_cluster: 'unknown' })).toEqual([
      ['prod', 'prod'],
    ])
  })

  it('of several clusters that report, only the one of our name is ours', () => {
    const all = ['east', 'prod'].map((name) => ({ source_cluster: name, destination_cluster: name }))
    expect(names(...all)).toEqual([
      ['east', 'east'],
      ['prod', 'prod'],
    ])
    expect(read(...all).map(({ cluster }) => cluster)).toEqual(['east', 'prod'])
  })
})
