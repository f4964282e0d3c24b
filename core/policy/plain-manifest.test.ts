import { describe, expect, it } from 'vitest'
import { plainManifest } from './plain-manifest'

describe('an object as a file would have it', () => {
  it('is without what the API server adds, in the order that people write', () => {
    const served = {
      kind: 'NetworkPolicy',
      status: {},
      spec: {
        egress: [],
        ingress: [{ ports: [{ port: 80, protocol: 'TCP' }], from: [{ podSelector: {} }] }],
        podSelector: { matchLabels: { b: '1', a: '2' } },
        policyTypes: ['Ingress'],
        later: true,
      },
      metadata: { uid: 'u', resourceVersion: '1', name: 'web', labels: {}, annotations: { a: 'b' }, namespace: 'shop' },
      apiVersion: 'networking.k8s.io/v1',
    }
    expect(JSON.stringify(plainManifest(served))).toBe(
      JSON.stringify({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'web', namespace: 'shop', annotations: { a: 'b' } },
        spec: {
          podSelector: { matchLabels: { b: '1', a: '2' } },
          policyTypes: ['Ingress'],
          later: true,
          ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 80 }] }],
          egress: [],
        },
      }),
    )
  })
})
