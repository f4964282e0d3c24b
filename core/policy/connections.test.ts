import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { connections, isEverything } from './connections'
import { endOf } from './evaluate'
import { meshPods } from './kinds/test-mesh'
import { defaultOptions } from './profile'
import { modelOf, pod } from './test-model'

const web = pod('shop/web', { labels: { app: 'web' } })
const db = pod('shop/db', { labels: { app: 'db' }, ports: [{ name: 'sql', protocol: 'TCP', port: 5432 }] })

const allow = (ports: unknown, direction = 'ingress') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, [direction]: [{ ports }], policyTypes: ['Ingress'] },
})

const between = (...objects: Record<string, unknown>[]) =>
  connections(compilePolicies(modelOf([web, db], objects), defaultOptions), endOf(web), endOf(db))

test('everything passes where no policy selects', () => {
  expect(isEverything(between().allowed)).toBe(true)
})

test('ports are cut where rules begin and end, joined where they touch, and looked up by name', () => {
  const { allowed, open } = between(
    allow([{ port: 80, endPort: 90 }, { port: 91 }, { port: 'sql' }, { protocol: 'UDP' }, { port: 65_535 }]),
  )
  expect(allowed).toEqual({
    TCP: [
      { from: 80, to: 91 },
      { from: 5432, to: 5432 },
      { from: 65_535, to: 65_535 },
    ],
    UDP: [{ from: 1, to: 65_535 }],
  })
  expect(open).toEqual({})
})

test('rules of the mesh cut the ports too', () => {
  const { web: caller, api } = meshPods('istio')
  const policy = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'p', namespace: api.namespace },
    spec: { rules: [{ to: [{ operation: { ports: ['8080'] } }] }] },
  }
  const compiled = compilePolicies(modelOf([caller, api], [policy]), defaultOptions)
  const { TCP } = connections(compiled, endOf(caller), endOf(api)).allowed
  expect(TCP).toContainEqual({ from: 8080, to: 8080 })
  expect(TCP).not.toContainEqual({ from: 1, to: 65_535 })
})

test('an object that cannot be read leaves everything open', () => {
  const { allowed, open } = between(allow([{ port: 0 }]))
  expect(allowed).toEqual({})
  expect(isEverything(open)).toBe(true)
})
