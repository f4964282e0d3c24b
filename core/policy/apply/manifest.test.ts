import { describe, expect, it } from 'vitest'
import { changedPaths, differences, inPlaceOf, lastApplied, pathText, sameManifest, writtenPart } from './manifest'
import { fieldOwners, lastWriter, owns } from './managed-fields'

const fresh = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '9',
    finalizers: ['x/y'],
    labels: { a: '1', b: '2' },
    annotations: { [lastApplied]: '{}', note: 'n' },
    ownerReferences: [{ name: 'o' }],
    managedFields: [
      {
        manager: 'oriel',
        operation: 'Apply',
        time: '2026-03-01T10:00:00Z',
        fieldsV1: { 'f:spec': { 'f:ingress': {} }, 'f:metadata': { 'f:labels': { 'f:a': {} } } },
      },
      { manager: 'agent', operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': {} } },
      { manager: 'old-agent', operation: 'Update', fieldsV1: { 'f:status': {} } },
      {
        manager: 'kubectl',
        operation: 'Update',
        time: '2026-03-01T10:00:00Z',
        fieldsV1: { 'f:metadata': { 'f:labels': { '.': {}, 'f:b': {} }, 'f:finalizers': { 'v:"x/y"': {} } } },
      },
    ],
  },
  spec: { podSelector: {}, ingress: [{ from: [] }] },
  status: { ready: true },
}

describe('what people write of an object', () => {
  it('leaves out what belongs to the API server, controllers and kubectl', () => {
    expect(writtenPart(fresh)).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'shop', labels: { a: '1', b: '2' }, annotations: { note: 'n' } },
      spec: fresh.spec,
    })
  })

  it('takes the place of the object there with what belongs to others', () => {
    const wanted = { ...fresh, metadata: { name: 'web', namespace: 'shop', labels: { a: '1' } }, spec: {} }
    expect(inPlaceOf(fresh, wanted)).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'u',
        resourceVersion: '9',
        finalizers: ['x/y'],
        ownerReferences: [{ name: 'o' }],
        labels: { a: '1' },
        annotations: { [lastApplied]: '{}' },
      },
      spec: {},
      status: { ready: true },
    })
  })

  it('is the same whatever the order of fields, status and version of the API', () => {
    const { spec, ...rest } = fresh
    expect(sameManifest({ spec, ...rest, status: {}, apiVersion: 'networking.k8s.io/v1beta1' }, fresh)).toBe(true)
    expect(sameManifest({ ...fresh, spec: { ...spec, egress: [] } }, fresh)).toBe(false)
  })

  it('differs in paths that say where', () => {
    const other = { ...fresh, spec: { podSelector: { matchLabels: { 'a.b/c': 'x' } }, ingress: [{ from: [{}] }] } }
    expect(changedPaths(fresh, other)).toEqual(['spec.podSelector.matchLabels', 'spec.ingress[0].from'])
    expect(differences({ a: [1, 2] }, { a: [1, 3] }).map(pathText)).toEqual(['a[1]'])
    expect(pathText(['metadata', 'labels', 'a.b/c'])).toBe('metadata.labels["a.b/c"]')
    expect(changedPaths(null, fresh)).toEqual([])
  })
})

describe('managers of fields', () => {
  it('are those of what people write', () => {
    expect(fieldOwners(fresh).map(({ manager }) => manager)).toEqual(['oriel', 'kubectl'])
    expect(lastWriter(fresh)).toMatchObject({ manager: 'kubectl' })
    expect(lastWriter({})).toBeNull()
  })

  it.each([
    [['spec', 'ingress', 0, 'from'], 'oriel'],
    [['metadata', 'labels', 'a'], 'oriel'],
    [['metadata', 'labels', 'b'], 'kubectl'],
    [['metadata', 'finalizers', 0], 'kubectl'],
    [['spec', 'egress'], undefined],
    [['metadata', 'labels', 'c'], undefined],
  ])('own %j: %s', (path, manager) => {
    expect(fieldOwners(fresh).find(({ fields }) => owns(fields, path))?.manager).toBe(manager)
  })
})
