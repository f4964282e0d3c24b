import { beforeAll, describe, expect, it } from 'vitest'
import type { InventoryChange } from '@/core/inventory/inventory-index'
import type { InventoryObject, NodeObject, PeerAuthenticationObject } from '@/core/inventory/inventory-object'
import { pod } from '@/core/inventory/inventory-samples'
import { everything, scopeOf } from '@/core/scope'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { loadGround } from './encryption-ground'
import { viewDatabase } from './views/testing'

const db = viewDatabase()
const from = 1_800_000_000_000
const window = { from, to: from + 600_000 }
const base = { namespace: '', createdAt: from - 3_600_000, labels: {}, annotations: {}, owner: null }

const node = (name: string, key: string): NodeObject => ({
  ...base,
  kind: 'Node',
  uid: `node-${name}`,
  name,
  annotations: key ? { 'projectcalico.org/WireguardPublicKey': key } : {},
  addresses: ['192.168.0.1'],
})
const strict = (namespace: string, spec: object): PeerAuthenticationObject => ({
  ...base,
  kind: 'PeerAuthentication',
  uid: `pa-${namespace}`,
  name: 'default',
  namespace,
  spec,
})
const namespace = (name: string, label: string): InventoryObject => ({
  ...base,
  kind: 'Namespace',
  uid: `ns-${name}`,
  name,
  labels: { 'istio.io/rev': label },
})

const change = (object: InventoryObject, at = -60_000, until: number | null = null): InventoryChange => ({
  object: { ...object, createdAt: from + at },
  workload: object.kind === 'Pod' ? { kind: 'Deployment', name: object.labels.app ?? '' } : null,
  at: from + at,
  until: until === null ? null : from + until,
})
const web = (name: string, more: Parameters<typeof pod>[1] = {}) => pod(name, { labels: { app: 'web' }, ...more })

beforeAll(async () => {
  const write = (...changes: InventoryChange[]) => writeInventory(db.pool, 'demo', changes)
  await write(
    change(web('web-1', { proxy: 'sidecar', skipsIn: [9090] })),
    change(web('web-2', { proxy: 'sidecar', skipsIn: [9090] }), 300_000),
    change(web('web-3', { node: 'n2' }), -60_000, 60_000),
    change(web('web-4', { node: 'n3', phase: 'Pending' })),
    change(web('web-5', { node: 'n3' }), 700_000),
    change(web('pay-1', { namespace: 'pay', labels: { app: 'pay' }, node: 'n2', hostNetwork: true })),
    change(node('n1', 'a')),
    change(node('n2', 'b')),
    change(node('n3', 'c')),
    change(namespace('shop', 'old')),
    change(strict('pay', { mtls: { mode: 'STRICT' } })),
    change(strict('istio-system', { mtls: { mode: 'PERMISSIVE' } })),
  )
  await write(
    change(node('n3', ''), 120_000),
    change(node('n2', 'renewed'), 120_000),
    change(namespace('shop', 'new'), 120_000),
  )
  // As it was written before a pod's proxy was kept.
  const { proxy: _, ...old } = web('web-6', { node: 'n3' })
  await write(change(old as InventoryObject))
})

describe('the ground of a window', () => {
  it('weighs where the pods of a workload ran, and with which proxy', async () => {
    const { workloads } = await loadGround(window, everything)
    expect(workloads.get('demo/shop/Deployment/web')).toMatchObject({ labels: { app: 'web' } })
    const pods = [...(workloads.get('demo/shop/Deployment/web')?.pods ?? [])].sort((a, b) => (a.node < b.node ? -1 : 1))
    expect(pods).toMatchObject([
      { node: 'n1', proxy: 'sidecar', skipsIn: [9090], podSeconds: 600 + 300 },
      { node: 'n2', proxy: 'none', skipsIn: [], podSeconds: 60 },
    ])
    expect(workloads.get('demo/pay/Deployment/pay')?.pods).toMatchObject([{ hostNetwork: true }])
  })

  it('knows keys of nodes that took part in one way all the time', async () => {
    const { nodes } = await loadGround(window, everything)
    expect(nodes.get('demo/n1')).toMatchObject({ wireguard: ['a'], wireguardIps: [4] })
    expect(nodes.get('demo/n2')).toMatchObject({ wireguard: ['renewed'] })
    expect(nodes.has('demo/n3')).toBe(false)
    const later = await loadGround({ from: from + 200_000, to: from + 600_000 }, everything)
    expect(later.nodes.get('demo/n3')).toMatchObject({ wireguard: [] })
  })

  it('has namespaces and intents as they were last', async () => {
    const { namespaces, intents } = await loadGround(window, everything)
    expect(namespaces.get('demo/shop')?.labels).toEqual({ 'istio.io/rev': 'new' })
    expect(intents).toHaveLength(2)
  })

  it('shows a viewer only what is within the scope, and what a mesh is told for everybody', async () => {
    const shop = await loadGround(window, scopeOf([['demo', 'shop']]))
    expect([...shop.workloads.keys()]).toEqual(['demo/shop/Deployment/web'])
    expect([...shop.nodes.keys()].sort()).toEqual(['demo/n1', 'demo/n2'])
    expect(shop.intents.map(({ namespace: of }) => of)).toEqual(['istio-system'])
    const other = await loadGround(window, scopeOf([['other', 'shop']]))
    expect(JSON.stringify([...other.workloads, ...other.nodes, ...other.namespaces, other.intents])).toBe('[[]]')
  })
})
