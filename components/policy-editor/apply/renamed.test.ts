import { expect, it } from 'vitest'
import type { DraftObject } from '../state/draft-object'
import { createReader } from '../state/read-objects'
import { askedChanges } from './plan'
import { alsoDeleted, renamedObjects } from './renamed'

const text = (name: string, namespace = 'shop') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { podSelector: {} }\n`
const base = {
  ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
  resourceVersion: '7',
  text: text('web'),
}
const tab = (parts: Partial<DraftObject>): DraftObject => ({
  id: 'a',
  base,
  text: text('web'),
  deleted: false,
  ...parts,
})
const renamed = (...objects: readonly DraftObject[]) => renamedObjects(objects, createReader())

it('an object of another name is one beside that of before', () => {
  expect(renamed(tab({ text: text('other') }))).toMatchObject([{ id: 'a', from: base, to: { name: 'other' } }])
  expect(renamed(tab({ text: text('web', 'data') }))).toHaveLength(1)
})

it.each([
  ['it has its name', [tab({})]],
  ['it is new', [tab({ base: null })]],
  ['it is deleted', [tab({ deleted: true })]],
  ['it has no name yet', [tab({ text: text("''") })]],
  ['the draft deletes that of before', [tab({ text: text('other') }), tab({ id: 'b', deleted: true })]],
  ['the draft writes that of before in another tab', [tab({ text: text('other') }), tab({ id: 'b' })]],
])('nothing is said where %s', (_, objects) => {
  expect(renamed(...objects)).toEqual([])
})

it('the deletion of that of before is a second change of the plan', () => {
  const objects = [tab({ text: text('other') })]
  const [one] = renamed(...objects)
  const both = one ? alsoDeleted(objects, one, 'b') : []
  expect(askedChanges(both, createReader())).toMatchObject([
    { change: 'put', resourceVersion: null, object: { metadata: { name: 'other' } } },
    { change: 'delete', ref: base.ref, resourceVersion: '7' },
  ])
  expect(renamed(...both)).toEqual([])
})
