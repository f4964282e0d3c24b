import { describe, expect, test } from 'vitest'
import { createInventoryIndex, type InventoryChange } from '../inventory/inventory-index'
import type { NetworkPolicyObject } from '../inventory/inventory-object'
import { policy } from '../inventory/inventory-samples'
import { restoreInventory } from '../inventory/inventory-restore'

const at = 60_000
const kubectl = { manager: 'kubectl', operation: 'Update' }
const oriel = { manager: 'oriel', operation: 'Apply' }
const first = policy('web')
const touched = { resourceVersion: '2', generation: 1, times: [9_000] }
/** What the index makes of a version that follows the first. */
const following = (more: Partial<NetworkPolicyObject>, learnt = at): readonly InventoryChange[] => {
  const index = createInventoryIndex('c')
  index.apply({ type: 'upsert', object: first, at: 1_000 })
  return index.apply({ type: 'upsert', object: policy('web', more), at: learnt })
}
const spec = { podSelector: { matchLabels: { app: 'web' } } }

describe('a policy that is written', () => {
  test('and is as it was is no change', () => {
    expect(following({})).toEqual([])
  })

  test('without a change of what it says keeps who made it', () => {
    expect(following({ touched, madeBy: { ...kubectl, time: 9_000 } })).toMatchObject([
      { object: { touched, madeBy: first.madeBy } },
    ])
  })

  test.each<readonly [string, Partial<NetworkPolicyObject>]>([
    ['its spec', { spec }],
    ['an annotation', { metadata: { annotations: { a: 'b' } } }],
    ['who writes it', { writers: [kubectl, oriel] }],
    ['the version that it is served in', { apiVersion: 'networking.k8s.io/v2' }],
  ])('with a change of %s was changed by the one who wrote since', (_, more) => {
    const touched = { resourceVersion: '2', generation: 1, times: [9_000, 9_000] }
    expect(following({ ...more, touched })).toMatchObject([
      { object: { ...more, madeBy: { ...kubectl, time: 9_000 } } },
    ])
  })

  test('in the second of the write before was changed by who was not there then', () => {
    const times = [1_000, 1_000]
    const more = {
      spec,
      writers: [kubectl, oriel],
      touched: { ...touched, times },
      madeBy: { ...kubectl, time: 1_000 },
    }
    expect(following(more, 1_500)).toMatchObject([{ object: { madeBy: { ...oriel, time: 1_000 } } }])
  })

  test('and of which nobody has written anything since was changed by someone who is not told', () => {
    const untouched = { ...touched, times: [1_000] }
    expect(following({ spec, touched: untouched })).toMatchObject([{ object: { spec, madeBy: null } }])
  })

  test('twice in a second was changed by the same writer', () => {
    expect(following({ spec, touched: { ...touched, times: [1_000] } }, 1_200)).toMatchObject([
      { object: { spec, madeBy: first.madeBy } },
    ])
  })

  test('is the same after it was restored', () => {
    const index = createInventoryIndex('c')
    restoreInventory(index, [{ object: first, from: 1_000, to: null }])
    expect(index.apply({ type: 'reset', kind: 'NetworkPolicy', objects: [policy('web')], at })).toEqual([])
  })

  test('and was stored before all of it was kept begins a version', () => {
    const { apiVersion: _a, metadata: _m, more: _o, writers: _w, madeBy: _b, touched: _t, cut: _c, ...old } = first
    const index = createInventoryIndex('c')
    index.apply({ type: 'upsert', object: old, at: 1_000 })
    expect(index.apply({ type: 'upsert', object: first, at })).toMatchObject([{ object: first }])
  })
})
