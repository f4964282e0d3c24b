import { describe, expect, it } from 'vitest'
import { isPolicy, type PolicyObject } from '@/core/inventory/inventory-object'
import { trimPolicy } from './trim-policy'

const at = (second: number) => `2026-01-02T03:04:0${second}Z`
const object = (more: object = {}, metadata: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { uid: 'u', name: 'a', namespace: 'shop', creationTimestamp: at(0), resourceVersion: '7', ...metadata },
  spec: { podSelector: {} },
  ...more,
})
const trim = (value: unknown): PolicyObject => {
  const trimmed = trimPolicy('NetworkPolicy')(value)
  if (!trimmed || !isPolicy(trimmed)) throw new Error('it was not read')
  return trimmed
}
const wrote = (manager: string, time: number, more: object = {}) => ({
  manager,
  operation: 'Update',
  time: at(time),
  fieldsV1: { 'f:spec': { 'f:secretlooking': {} } },
  ...more,
})
const writers = (...managedFields: object[]) => {
  const { writers, madeBy, touched } = trim(object({}, { managedFields }))
  return { writers: writers?.map(({ manager }) => manager), times: touched?.times, by: madeBy?.manager }
}
const ms = (second: number) => Date.parse(at(second))

describe('a policy', () => {
  it('is kept whole but for its status, fields of managers and what kubectl repeats', () => {
    const annotations = { note: 'line\nline', 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":"again"}' }
    const ownerReferences = [{ kind: 'Tenant', name: 't', uid: 'o', controller: true }]
    const spec = { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }], unknownField: { deep: [1, null, true] } }
    const trimmed = trim(
      object(
        { spec, specs: [{ a: 1 }], status: { conditions: ['again'] } },
        { annotations, ownerReferences, finalizers: ['f'], generation: 3, managedFields: [wrote('kubectl', 1)] },
      ),
    )
    expect(trimmed).toMatchObject({
      apiVersion: 'networking.k8s.io/v1',
      spec,
      more: { specs: [{ a: 1 }] },
      metadata: { annotations: { note: 'line\nline' }, ownerReferences, finalizers: ['f'] },
      owner: { kind: 'Tenant' },
      touched: { resourceVersion: '7', generation: 3 },
      cut: null,
    })
    expect(JSON.stringify(trimmed)).not.toMatch(/again|secretlooking/)
  })

  it('loses what no database keeps, and nothing else of its texts', () => {
    const text = 'a\u202e\tb\u0000\ud800c'
    expect(trim(object({ spec: { [text]: [text] } })).spec).toEqual({ 'a\u202e\tbc': ['a\u202e\tbc'] })
  })

  it('that is too large, or nests without end, is only known to have changed', () => {
    const large = (first: string) =>
      object({ spec: { nets: [first, ...Array.from({ length: 60_000 }, () => '10.0.0.0/8')] } })
    const cut = trim(large('a'))
    expect(cut).toMatchObject({ name: 'a', spec: null, metadata: {}, more: {}, touched: { resourceVersion: '7' } })
    expect(cut.cut?.bytes).toBeGreaterThan(512 * 1024)
    expect(trim(large('b')).cut?.hash).not.toBe(cut.cut?.hash)
    const endless = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    expect(trim(object({ spec: { endless } })).cut).toEqual({ bytes: 0, hash: '' })
  })

  it('was made by who wrote last, and who writes its status has no part in it', () => {
    expect(writers(wrote('kubectl', 1), wrote('oriel', 3, { operation: 'Apply' }), wrote('argo', 2))).toEqual({
      writers: ['argo', 'kubectl', 'oriel'],
      times: [ms(2), ms(1), ms(3)],
      by: 'oriel',
    })
    expect(
      writers(
        wrote('kubectl', 1),
        wrote('istiod', 5, { subresource: 'status' }),
        wrote('calico', 6, { fieldsV1: { 'f:status': {} } }),
      ),
    ).toMatchObject({ writers: ['kubectl'], by: 'kubectl' })
    expect(writers(wrote('kubectl', 1), wrote('kubectl', 4))).toEqual({
      writers: ['kubectl'],
      times: [ms(4)],
      by: 'kubectl',
    })
    expect(writers({ manager: 'old', operation: 'Update' })).toEqual({ writers: ['old'], times: [null], by: undefined })
    expect(writers()).toEqual({ writers: [], times: [], by: undefined })
  })
})
