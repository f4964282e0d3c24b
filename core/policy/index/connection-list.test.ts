import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import { portLine } from '../port-text'
import { defaultOptions } from '../profile'
import { modelOf, pod } from '../test-model'
import { connectionList } from './connection-list'

const web = pod('shop/web', { kind: 'Deployment', labels: { app: 'web' }, ips: ['10.0.0.1'] })
const db = pod('shop/db', { labels: { app: 'db' }, ips: ['10.0.0.2'] })
const policy = (name: string, app: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app } }, ...spec },
})
const list = (objects: ReturnType<typeof policy>[], options = {}) => {
  const { pairs } = connectionList(compilePolicies(modelOf([web, db], objects), { ...defaultOptions, ...options }))
  return [...pairs()].map(({ from, to, passes }) => `${from} ${to} ${portLine(passes.allowed)}`)
}
const egress = policy('out', 'web', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] })
const ranges = ['192.0.2.0/25', '192.0.2.128/25', '198.51.100.7/32'].map((cidr) => ({ ipBlock: { cidr } }))
const ingress = policy('in', 'db', { ingress: [{ from: ranges, ports: [{ port: 80, endPort: 81 }] }] })

test('pairs are sorted, workloads first, and what cannot pass is left out', () => {
  expect(list([egress, policy('in', 'db', { ingress: [] })])).toEqual([
    'shop/db[Pod] shop/db[Pod] all',
    'shop/db[Pod] shop/web[Deployment] all',
    'shop/db[Pod] 0.0.0.0-255.255.255.255 all',
    'shop/db[Pod] ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff all',
    'shop/web[Deployment] shop/web[Deployment] UDP 53',
    'shop/web[Deployment] 0.0.0.0-255.255.255.255 UDP 53',
    'shop/web[Deployment] ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff UDP 53',
    '0.0.0.0-255.255.255.255 shop/web[Deployment] all',
    '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff shop/web[Deployment] all',
  ])
})

test('neighbouring ranges that are treated alike are one end', () => {
  expect(list([ingress]).filter((line) => /^\d.*db/.test(line))).toEqual([
    '192.0.2.0-192.0.2.255 shop/db[Pod] TCP 80-81',
    '198.51.100.7 shop/db[Pod] TCP 80-81',
  ])
})

test('what a pod sends to itself is judged when that is asked for', () => {
  expect(list([ingress], { loopback: 'policy' })).not.toContainEqual(expect.stringMatching(/^shop\/db\S+ shop\/db/))
})
