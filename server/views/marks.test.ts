import { describe, expect, it } from 'vitest'
import type { InventoryChange } from '@/core/inventory/inventory-index'
import type { InventoryObject } from '@/core/inventory/inventory-object'
import { ownedBy, pod, service, workload } from '@/core/inventory/inventory-samples'
import { markSentence } from '@/core/marks/mark-words'
import { scopeOf } from '@/core/scope'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { marksView } from './marks'
import { answerOf, viewDatabase } from './testing'

const db = viewDatabase()
const from = 1_800_000_000_000

const put = (object: InventoryObject, at: number, gone = false): Promise<void> => {
  const change: InventoryChange = { object, workload: null, at: from + at, until: gone ? from + at : null }
  return writeInventory(db.pool, 'east', [change])
}
const ask = async (query: string, scope?: Parameters<typeof answerOf>[2]) => {
  const { marks, total } = await answerOf(marksView, `marks?${query}`, scope)
  expect(total).toBe(marks.length)
  return marks.map((mark) => [(mark.at - from) / 1000, markSentence(mark)])
}

describe('marks', () => {
  it('are what the history says of a window, within the scope', async () => {
    const old = { createdAt: from - 1_000_000 }
    const bff = workload('Deployment', 'bff', { ...old, images: ['r/bff:1'], template: 'a' })
    await put(bff, 10_000)
    await put({ ...bff, images: ['r/bff:2'], template: 'b' }, 20_000)
    await put({ ...bff, images: ['r/bff:2'], template: 'b', labels: { x: 'y' } }, 21_000)
    await put({ ...bff, images: ['r/bff:2'], template: 'b', labels: { x: 'y' }, replicas: 4 }, 150_000)
    const set = workload('ReplicaSet', 'bff-2', { createdAt: from + 20_000, ...ownedBy(bff) })
    await put(set, 20_500)
    await put(pod('bff-2-x', { createdAt: from + 20_000 }), 21_000)
    const policy: InventoryObject = { ...service('allow', old), kind: 'NetworkPolicy', spec: { podSelector: {} } }
    await put(policy, 10_000)
    await put({ ...policy, spec: { podSelector: {}, policyTypes: ['Ingress'] } }, 30_000)
    await put({ ...policy, namespace: 'bank', name: 'deny', uid: 'other', createdAt: from + 40_000 }, 41_000)
    const rule: InventoryObject = {
      ...policy,
      uid: 'rule',
      name: 'calls',
      kind: 'AuthorizationPolicy.security.istio.io',
    }
    await put(rule, 10_000)
    await put({ ...rule, more: {}, cut: null }, 60_000)
    await put({ ...rule, spec: { action: 'DENY' }, more: {}, cut: null }, 61_000)
    const wide: InventoryObject = {
      ...policy,
      uid: 'wide',
      namespace: '',
      name: 'all',
      kind: 'CiliumClusterwideNetworkPolicy.cilium.io',
    }
    await put(wide, 10_000)
    await put({ ...wide, more: { specs: [{}] } }, 70_000)
    const route: InventoryObject = { ...rule, uid: 'route', name: 'web', kind: 'HTTPRoute.gateway.networking.k8s.io' }
    await put({ ...route, createdAt: from + 80_000 }, 80_000)
    const node: InventoryObject = { ...service('n9', old), namespace: '', kind: 'Node', addresses: [] }
    await put(node, 10_000)
    await put(node, 50_000, true)

    const all = [
      [20, 'Deployment shop/bff was deployed, 1 → 2'],
      [30, 'NetworkPolicy shop/allow was changed'],
      [40, 'NetworkPolicy bank/deny was created'],
      [50, 'Node n9 is gone'],
      [61, 'AuthorizationPolicy shop/calls was changed'],
      [70, 'CiliumClusterwideNetworkPolicy all was changed'],
      [150, 'Deployment shop/bff was scaled from 1 to 4 pods'],
    ]
    const whole = `from=${from}&to=${from + 200_000}`
    expect(await ask(whole)).toEqual(all)
    expect(await ask(`${whole}&cluster=west`)).toEqual([])
    expect(await ask(`from=${from + 30_000}&to=${from + 50_000}`)).toEqual(all.slice(1, 3))
    expect(await ask(whole, scopeOf([['east', 'shop']]))).toEqual([all[0], all[1], all[4], all[6]])
    expect(await ask(`${whole}&sel=east/shop/Deployment/bff`)).toEqual([all[0], all[1], ...all.slice(4)])
    expect(await ask(`${whole}&q=ns:shop`)).toEqual([])
  })
})
