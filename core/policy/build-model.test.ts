import { describe, expect, it } from 'vitest'
import { service, slice, pod } from '../inventory/inventory-samples'
import type { InventoryObject } from '../inventory/inventory-object'
import { buildModel } from './build-model'
import { loadModel } from './load-model'
import { policyName } from './policy-name'
import { parseRefKey } from './parse-ref-key'
import { refKey } from './normal-form'
import { groundPods } from './test-ground-pods'

const base = { uid: 'u', namespace: '', createdAt: 0, labels: {}, annotations: {}, owner: null }
const model = (...objects: InventoryObject[]) => buildModel({ pods: [], objects, policies: [] })

describe('a model of the inventory', () => {
  it('has Services as manifests would give them', () => {
    const port = { name: 'http', port: 80, protocol: 'TCP' }
    const own = model(
      service('web', { selector: { app: 'web' }, clusterIps: ['10.96.0.1'], ports: [{ ...port, targetPort: '8080' }] }),
      service('named', {
        selector: { app: 'web' },
        clusterIps: ['10.96.0.2'],
        ports: [{ ...port, targetPort: 'web' }],
      }),
      service('plain', { selector: { app: 'web' }, clusterIps: ['10.96.0.3'], ports: [{ ...port, targetPort: '' }] }),
      service('headless', { selector: { app: 'web' }, ports: [] }),
      service('away', { type: 'ExternalName', externalName: 'api.bank.example' }),
    )
    const manifest = (name: string, spec: object) => ({
      file: '',
      document: 1,
      value: { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec },
    })
    const selector = { app: 'web' }
    const loaded = loadModel([
      manifest('web', { selector, clusterIP: '10.96.0.1', ports: [{ ...port, targetPort: 8080 }] }),
      manifest('named', { selector, clusterIP: '10.96.0.2', ports: [{ ...port, targetPort: 'web' }] }),
      manifest('plain', { selector, clusterIP: '10.96.0.3', ports: [port] }),
      manifest('headless', { selector, clusterIP: 'None' }),
      manifest('away', { type: 'ExternalName', externalName: 'api.bank.example' }),
    ])
    expect(loaded.problems).toEqual([])
    expect(own.services).toEqual(loaded.model.services)
    expect(own.namespaces).toEqual(loaded.model.namespaces)
  })

  it('knows what is behind a Service, and addresses there that no pod has', () => {
    const one = pod('web-1', { ips: ['10.0.0.1'] })
    const own = buildModel({
      pods: [groundPods('web', { ips: one.ips })],
      objects: [service('web'), { ...slice('web', [one, pod('x', { ips: ['192.168.0.9'] })]), ports: [] }],
      policies: [],
    })
    expect(own.services[0]).toMatchObject({
      addresses: ['192.168.0.9'],
      endpoints: [{ addresses: ['10.0.0.1', '192.168.0.9'] }],
    })
  })

  it('has nodes and service accounts, and namespaces under their own label', () => {
    const own = model(
      { ...base, kind: 'Namespace', name: 'shop', labels: { team: 'a' } },
      { ...base, kind: 'Node', name: 'n1', addresses: ['192.168.0.1'] },
      { ...base, kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
    )
    expect(own.namespaces[0]?.labels).toEqual({ team: 'a', 'kubernetes.io/metadata.name': 'shop' })
    expect(own.nodes).toEqual([{ name: 'n1', labels: {}, addresses: ['192.168.0.1'] }])
    expect(own.serviceAccounts).toEqual([{ namespace: 'shop', name: 'web', labels: {} }])
  })
})

describe('the key of an object', () => {
  it.each([
    { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
    { group: 'cilium.io', kind: 'CiliumClusterwideNetworkPolicy', namespace: null, name: 'all' },
  ])('gives the object back: $kind', (ref) => {
    expect(parseRefKey(refKey(ref))).toEqual(ref)
    expect(policyName(ref)).toContain(ref.name)
  })

  it.each(['', 'a/b', 'a/b/c/d/e', 'group/Kind/shop/', 'group//shop/web'])('is none: %s', (text) => {
    expect(parseRefKey(text)).toBeNull()
  })
})
