import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compile'
import type { End } from './decision'
import { endOf } from './evaluate'
import { endName } from './explain'
import type { Model, ModelObject, ModelService } from './model'
import { defaultOptions } from './profile'
import { evaluateService, type ServiceAsked, type ServiceFlow, serviceTarget } from './service-target'
import { modelOf, pod } from './test-model'

const port = (name: string, number: number) => ({ name, protocol: 'TCP' as const, port: number })
const client = pod('ops/client', { ips: ['10.0.0.9'] })
const workloads = [
  client,
  pod('shop/a', { labels: { app: 'web' }, ips: ['10.0.0.1'], ports: [port('http', 8080)] }),
  pod('shop/b', { labels: { app: 'web', v: '2' }, ips: ['10.0.0.2'], ports: [port('http', 9090)] }),
  pod('shop/bare', { labels: { app: 'web' }, ips: ['10.0.0.3'] }),
  pod('shop/agent', { labels: { app: 'agent' }, ips: ['10.9.0.1'], hostNetwork: true }),
  pod('shop/proxy', { labels: { app: 'proxy' }, ips: ['10.9.0.1'], hostNetwork: true }),
  pod('ops/web', { labels: { app: 'web' }, ips: ['10.0.0.4'], ports: [port('http', 1)] }),
]
const service = (name: string, parts: Partial<ModelService>): ModelService => ({
  namespace: 'shop',
  name,
  labels: {},
  selector: null,
  clusterIps: [],
  ports: [{ name: 'main', protocol: 'TCP', port: 80, targetPort: 'http' }],
  addresses: [],
  ...parts,
})
const web = { app: 'web' }
const named = (to: string) => service('alias', { externalName: to })
const told = (addresses: readonly string[], ports = [{ name: 'main', protocol: 'TCP' as const, port: 8080 }]) => [
  { addresses, ports },
]

const modelWith = (services: readonly ModelService[], parts: Partial<Model> = {}) =>
  modelOf(workloads, [], { services, nodes: [{ name: 'n1', labels: {}, addresses: ['10.9.0.2'] }], ...parts })
const flow = (to: ServiceAsked, parts: Partial<ServiceFlow> = {}): ServiceFlow => ({
  from: endOf(client),
  to,
  protocol: 'TCP',
  port: 80,
  ...parts,
})
const byName = (name: string): ServiceAsked => ({ namespace: 'shop', name })
/** `end port` of each flow. */
const targets = (one: ModelService, parts: Partial<ServiceFlow> = {}, ...more: readonly ModelService[]) => {
  const target = serviceTarget(modelWith([one, ...more]), flow(byName(one.name), parts))
  return target && [...target.flows.map(({ to, port }) => `${endName(to)} ${port}`), ...target.doubts]
}

describe('where a connection to a Service goes', () => {
  test.each<[string, ModelService, Partial<ServiceFlow>, readonly string[]]>([
    [
      'to the pods that it selects, on the port that each calls so',
      service('s', { selector: web }),
      {},
      ['shop/a 8080', 'shop/b 9090'],
    ],
    ['on a port by its name', service('s', { selector: web }), { port: 'main' }, ['shop/a 8080', 'shop/b 9090']],
    ['on all of its ports where none is told', service('s', { selector: { v: '2' } }), { port: null }, ['shop/b 9090']],
    [
      'on a target port by number',
      service('s', { selector: { v: '2' }, ports: [{ ...port('', 80), targetPort: 70 }] }),
      {},
      ['shop/b 70'],
    ],
    [
      'to none on a port that it has not',
      service('s', { selector: web }),
      { port: 8080 },
      ['Service shop/s has no port TCP 8080'],
    ],
    [
      'nor by another protocol',
      service('s', { selector: web }),
      { protocol: 'UDP' },
      ['Service shop/s has no port UDP 80'],
    ],
    [
      'nor by ping',
      service('s', { selector: web }),
      { protocol: 'ICMP', port: null },
      ['Service shop/s has no port ICMP'],
    ],
    [
      'to nobody where nobody is known',
      service('s', { selector: { app: 'x' } }),
      {},
      ['nothing is known to be behind Service shop/s'],
    ],
    [
      'to nobody with an empty selector',
      service('s', { selector: {} }),
      {},
      ['nothing is known to be behind Service shop/s'],
    ],
    [
      'of a headless one straight to the pods, on the port that is asked',
      service('s', { selector: web, headless: true }),
      { port: 8080 },
      ['shop/a 8080', 'shop/b 8080', 'shop/bare 8080'],
    ],
    [
      'to the addresses kept by hand',
      service('s', { addresses: ['192.0.2.1', '10.9.0.2'], ports: [{ ...port('', 80), targetPort: 70 }] }),
      {},
      ['192.0.2.1 70', 'node n1 70'],
    ],
    [
      'to the pods that endpoints name, on their port, whatever the selector',
      service('s', { selector: web, endpoints: told(['10.0.0.2', '10.0.0.3']) }),
      {},
      ['shop/b 8080', 'shop/bare 8080'],
    ],
    [
      'of endpoints with several ports on the one of the same name',
      service('s', { endpoints: told(['10.0.0.2'], [port('main', 1), port('other', 2)]) }),
      {},
      ['shop/b 1'],
    ],
    [
      'to endpoints with every port',
      service('s', { endpoints: [{ addresses: ['10.0.0.2'], ports: [{ ...port('main', 0), port: null }] }] }),
      {},
      ['shop/b 80'],
    ],
    [
      'of endpoints of a headless one on the port that is asked',
      service('s', { headless: true, endpoints: told(['10.0.0.2']) }),
      { port: 1234 },
      ['shop/b 1234'],
    ],
    [
      'of pods on the network of a node to the one that it selects',
      service('s', { selector: { app: 'proxy' }, endpoints: told(['10.9.0.1']) }),
      {},
      ['shop/proxy 8080'],
    ],
    ['of endpoints outside to them', service('s', { endpoints: told(['192.0.2.1']) }), {}, ['192.0.2.1 8080']],
    [
      'of a name outside to it, on the port that is asked',
      named('db.example.com'),
      { port: 5432 },
      ['db.example.com 5432'],
    ],
    ['of a name in the cluster to that Service', named('s.shop.svc.cluster.local'), {}, ['shop/a 8080', 'shop/b 9090']],
    ['of a name of no Service nowhere', named('x.shop.svc'), {}, ['x.shop.svc is no Service that is known']],
    ['of a name in a circle nowhere', named('alias.shop.svc'), {}, ['alias.shop.svc is no Service that is known']],
  ])('%s', (_, one, asked, wanted) => {
    expect(targets(one, asked, service('s', { selector: web }))).toEqual(wanted)
  })

  test('pods of one controller with several addresses are one end', () => {
    const many = pod('shop/many', { kind: 'Deployment', ips: ['10.0.0.5', '10.0.0.6'] })
    const model = modelWith([service('s', { endpoints: told(['10.0.0.5', '10.0.0.6']) })], { workloads: [many] })
    expect(serviceTarget(model, flow(byName('s')))?.flows).toHaveLength(1)
  })
})

test('a Service is found by its own addresses, however they are written', () => {
  const model = modelWith([
    service('s', { selector: web, clusterIps: ['10.96.0.1', 'fd00::0:1'], externalIps: ['203.0.113.1'] }),
  ])
  for (const ip of ['10.96.0.1', 'fd00::1', '203.0.113.1'])
    expect(serviceTarget(model, flow({ ip }))?.flows, ip).toHaveLength(2)
  expect(serviceTarget(model, flow({ ip: '10.96.0.2' }))).toBe(null)
  expect(serviceTarget(model, flow({ namespace: 'ops', name: 's' }))).toBe(null)
})

test('who comes from outside may have another address behind the Service, and does not where that is headless', () => {
  const from: End = { type: 'external', address: '192.0.2.1' }
  const sources = (headless: Partial<ModelService>) =>
    serviceTarget(modelWith([service('s', { selector: web, ...headless })]), flow(byName('s'), { from }))?.flows.map(
      (one) => one.from,
    )
  expect(sources({})?.[0]).toEqual({ ...from, rewritten: true })
  expect(sources({ headless: true })?.[0]).toEqual(from)
})

describe('what policies say of a connection to a Service', () => {
  const deny = (podSelector: ModelObject): ModelObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { podSelector },
  })
  const verdict = (policy: ModelObject, one = service('s', { selector: web }), parts: Partial<ServiceFlow> = {}) => {
    const model = { ...modelWith([one]), objects: [policy] }
    const found = evaluateService(compilePolicies(model, defaultOptions), flow(byName(one.name), parts))
    return [found?.verdict, ...(found?.doubts ?? [])]
  }
  test('that of its backends where they agree, else it is open', () => {
    expect(verdict(deny({ matchLabels: { app: 'other' } }))).toEqual(['allowed'])
    expect(verdict(deny({}))).toEqual(['denied'])
    expect(verdict(deny({ matchLabels: { v: '2' } }))).toEqual([
      'undefined',
      'what is behind it differs, and which of it is met is not known',
    ])
  })
  test('it is open where nobody is known to be behind it', () => {
    expect(verdict(deny({}), service('s', {}))[0]).toBe('undefined')
  })
  test('ranges say nothing sure of a name whose address is not known', () => {
    const egress = (to: readonly ModelObject[]): ModelObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', namespace: 'ops' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to }] },
    })
    const name = named('db.example.com')
    expect(verdict(egress([{ ipBlock: { cidr: '192.0.2.0/24' } }]), name)[0]).toBe('undefined')
    expect(verdict(egress([{ podSelector: {} }]), name)[0]).toBe('denied')
  })
})
