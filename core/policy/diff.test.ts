import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { connections } from './connections'
import { diff } from './diff'
import { endOf } from './evaluate'
import { defaultOptions } from './profile'
import { compiledOf, options, policies, workloads } from './test-arbitrary'
import { modelOf, pod } from './test-model'

const web = pod('shop/web', { labels: { app: 'web' } })
const db = pod('shop/db', { labels: { app: 'db' } })
const allow = (from: unknown) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from, ports: [{ port: 5432 }] }] },
})
const compiled = (...objects: Record<string, unknown>[]) => compilePolicies(modelOf([web, db], objects), defaultOptions)
const names = (found: ReturnType<typeof diff>) =>
  found.map(({ from, to, added, removed }) => ({
    from: from.type === 'workload' ? from.key : from.end.address,
    to: to.type === 'workload' ? to.key : to.end.address,
    added,
    removed,
  }))

test('a policy that closes a port to the world and opens a range', () => {
  const before = compiled(allow([{ podSelector: {} }]))
  const after = compiled(allow([{ podSelector: {} }, { ipBlock: { cidr: '192.0.2.0/24' } }]))
  expect(names(diff(before, after)).filter(({ from }) => from === '192.0.2.0')).toEqual([
    { from: '192.0.2.0', to: 'shop/db[Pod]', added: { TCP: [{ from: 5432, to: 5432 }] }, removed: {} },
  ])
  expect(names(diff(after, before)).filter(({ from }) => from === '192.0.2.0')[0]?.removed).toEqual({
    TCP: [{ from: 5432, to: 5432 }],
  })
})

test('a workload that is gone takes its connections with it', () => {
  const after = compilePolicies(modelOf([db], []), defaultOptions)
  expect(new Set(names(diff(compiled(), after)).flatMap(({ from, to }) => [from, to]))).toContain('shop/web[Pod]')
})

test('nothing differs from itself, and every pair that differs is told', () => {
  fc.assert(
    fc.property(policies, policies, options, (one, other, how) => {
      const [a, b] = [compiledOf(one, how), compiledOf([...one.slice(1), ...other.slice(0, 1)], how)]
      expect(diff(a, compiledOf(one, how))).toEqual([])
      const told = new Set(names(diff(a, b)).map(({ from, to }) => `${from} ${to}`))
      for (const from of workloads)
        for (const to of workloads) {
          const same =
            JSON.stringify(connections(a, endOf(from), endOf(to)).allowed) ===
            JSON.stringify(connections(b, endOf(from), endOf(to)).allowed)
          const key = [from, to].map((end) => `${end.namespace}/${end.name}[${end.kind}]`).join(' ')
          if (!same) expect(told).toContain(key)
        }
    }),
    { numRuns: 15 },
  )
})
