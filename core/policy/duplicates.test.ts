import { expect, test } from 'vitest'
import { findDuplicates, placesOf } from './duplicates'

const object = (apiVersion: string, kind: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...(namespace === undefined ? {} : { namespace }) },
})
const v1 = 'networking.k8s.io/v1'
const find = (...values: unknown[]) =>
  findDuplicates(values.map((value, i) => ({ file: `${i}.yaml`, document: 1, value })))

test('one object twice is told with its first place, in lists too', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [null, object(`${v1}beta1`, 'NetworkPolicy', 'default')] }
  expect(find(object(v1, 'NetworkPolicy'), list)).toEqual([
    { file: '1.yaml', document: 1, path: 'items[1]', reason: 'is there already, in 0.yaml, document 1' },
  ])
})

test('another kind, group or namespace is another object', () => {
  expect(
    find(
      object(v1, 'NetworkPolicy'),
      object('projectcalico.org/v3', 'NetworkPolicy'),
      object(v1, 'NetworkPolicy', 'b'),
    ),
  ).toEqual([])
  expect(find(object('v1', 'Pod'), object('v1', 'Service'), {}, {}, 'text', 'text')).toEqual([])
})

test('an object is found by the reference of its policy, in the group that Calico stores it in too', () => {
  const documents = [object(v1, 'NetworkPolicy'), object('crd.projectcalico.org/v1', 'GlobalNetworkPolicy')].map(
    (value, i) => ({ file: `${i}.yaml`, document: 1, value }),
  )
  const place = placesOf(documents)
  const group = 'networking.k8s.io'
  expect(place({ group, kind: 'NetworkPolicy', namespace: 'default', name: 'a' })?.file).toBe('0.yaml')
  expect(place({ group: 'projectcalico.org', kind: 'GlobalNetworkPolicy', namespace: null, name: 'a' })?.file).toBe(
    '1.yaml',
  )
  expect(place({ group, kind: 'NetworkPolicy', namespace: 'b', name: 'a' })).toBeUndefined()
})
