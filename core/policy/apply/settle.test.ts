import { describe, expect, it } from 'vitest'
import type { ModelObject } from '../model'
import { settle } from './settle'

const object = (spec: object, manager = 'kubectl', metadata: object = {}): ModelObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u1',
    managedFields: [{ manager, operation: 'Apply', time: '2026-03-01T10:00:00Z', fieldsV1: { 'f:spec': {} } }],
    ...metadata,
  },
  spec,
})
const before = object({ podSelector: {} })
const after = object({ podSelector: {}, egress: [] })
const ours = object({ podSelector: {}, egress: [] }, 'oriel')
const other = object({ podSelector: {}, ingress: [] })

describe('a change that was never completed', () => {
  it.each([
    ['is applied where the object is as wanted', 'update', before, after, ours, 'applied'],
    ['has failed where it is as before', 'update', before, after, before, 'failed'],
    ['is unknown where it is neither', 'update', before, after, other, 'unknown'],
    ['is unknown where the object is gone', 'update', before, after, null, 'unknown'],
    ['was created where we wrote it', 'create', null, after, ours, 'applied'],
    ['is unknown where somebody else created the same', 'create', null, after, after, 'unknown'],
    ['was not created where nothing is there', 'create', null, after, null, 'failed'],
    ['was deleted where nothing is there', 'delete', before, null, null, 'applied'],
    ['was not deleted where the same is there', 'delete', before, null, before, 'failed'],
    ['is being deleted', 'delete', before, null, object({}, 'x', { deletionTimestamp: 'now' }), 'applied'],
    ['was deleted where another one is there', 'delete', before, null, object({}, 'x', { uid: 'u2' }), 'applied'],
  ] as const)('%s', (_, change, was, wanted, now, state) => {
    expect(settle({ change, before: was, after: wanted }, now, 'oriel').state).toBe(state)
  })

  it('names who wrote the object meanwhile', () => {
    expect(settle({ change: 'update', before, after }, other, 'oriel').error).toContain('last written by kubectl')
  })
})
