import { describe, expect, test } from 'vitest'
import { catalogueOf } from './catalogue'
import { loadModel } from './load-model'

const load = (...values: unknown[]) =>
  loadModel(values.map((value, i) => ({ file: 'all.yaml', document: i + 1, value })))
const meta = (name: string, parts: object = {}) => ({ metadata: { name, namespace: 'shop', ...parts } })
const service = (spec: object, parts: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  ...meta('web'),
  spec,
  ...parts,
})
const slice = (
  of: string,
  addresses: readonly string[],
  ports: readonly object[] = [{ name: 'http', port: 8080 }],
) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  ...meta(`${of}-x1`, { labels: { 'kubernetes.io/service-name': of } }),
  addressType: 'IPv4',
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: false } })),
  ports,
})
const endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  ...meta('web'),
  subsets: [
    {
      addresses: [{ ip: '192.0.2.1' }],
      notReadyAddresses: [{ ip: '192.0.2.2' }],
      ports: [{ port: 53, protocol: 'UDP' }],
    },
  ],
}
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  ...meta('web'),
  spec: { containers: [] },
  status: { podIP: '10.0.0.1' },
}
const first = (...values: unknown[]) => {
  const { model, problems, ignored } = load(...values)
  expect([problems, ignored.size]).toEqual([[], 0])
  return model.services[0]
}

describe('endpoints of a Service', () => {
  test('slices say who is behind it, ready or not, and what of them is no pod', () => {
    expect(
      first(service({}), slice('web', ['10.0.0.1', '192.0.2.1']), slice('other', ['192.0.2.9']), pod),
    ).toMatchObject({
      addresses: ['192.0.2.1'],
      endpoints: [{ addresses: ['10.0.0.1', '192.0.2.1'], ports: [{ name: 'http', protocol: 'TCP', port: 8080 }] }],
    })
  })
  test('a port without a number is every port', () => {
    expect(first(service({}), slice('web', ['10.0.0.1'], [{ name: 'http' }]))?.endpoints?.[0]?.ports).toEqual([
      { name: 'http', protocol: 'TCP', port: null },
    ])
  })
  test('Endpoints are read where there are no slices, which often repeat them', () => {
    expect(first(service({}), endpoints)).toMatchObject({
      addresses: ['192.0.2.1', '192.0.2.2'],
      endpoints: [{ ports: [{ name: '', protocol: 'UDP', port: 53 }] }],
    })
    expect(first(service({}), endpoints, slice('web', ['192.0.2.7']))?.addresses).toEqual(['192.0.2.7'])
  })
  test('none told is not none', () => {
    expect(first(service({}))?.endpoints).toBe(undefined)
    expect(first(service({}), slice('web', []))?.endpoints).toEqual([
      { addresses: [], ports: [{ name: 'http', protocol: 'TCP', port: 8080 }] },
    ])
  })
  test('those of the Service kubernetes are the API server, though a pod has the address too', () => {
    const kubernetes = {
      ...service({ clusterIP: '10.96.0.1' }),
      metadata: { name: 'kubernetes', namespace: 'default' },
    }
    const own = slice('kubernetes', ['10.0.0.1'])
    const { model } = load(kubernetes, { ...own, metadata: { ...own.metadata, namespace: 'default' } }, pod)
    expect([...(catalogueOf(model).apiServer ?? [])]).toEqual(['10.96.0.1', '10.0.0.1'])
  })
})

test('a Service tells whether it has an address, a name, or is reached from outside', () => {
  expect(first(service({ clusterIP: 'None' }))).toMatchObject({ clusterIps: [], headless: true })
  expect(first(service({ type: 'ExternalName', externalName: 'a.example.com' }))).toMatchObject({
    externalName: 'a.example.com',
  })
  const balanced = { status: { loadBalancer: { ingress: [{ ip: '203.0.113.1' }, { hostname: 'lb.example.com' }] } } }
  expect(first(service({ externalIPs: ['203.0.113.7'] }, balanced))?.externalIps).toEqual([
    '203.0.113.7',
    '203.0.113.1',
  ])
  const plain = first(service({ clusterIP: '10.96.0.7' }))
  expect([plain?.headless, plain?.externalName, plain?.externalIps]).toEqual([undefined, undefined, undefined])
})
