import fc from 'fast-check'
import type { ModelObject } from '../model'
import { optional, selector, some } from './parts'

const group = 'policy.linkerd.io'
export const server = fc
  .tuple(
    fc.record({ podSelector: selector, port: fc.constantFrom<unknown>(80, 443, 'http') }),
    optional({
      proxyProtocol: fc.constantFrom('HTTP/1', 'opaque', 'unknown'),
      accessPolicy: fc.constantFrom('deny', 'audit', 'all-authenticated', 'cluster-unauthenticated'),
    }),
  )
  .map((parts): ModelObject => Object.assign({}, ...parts))

/** Objects are named p0, p1 and so on. */
const target = some(
  { group, kind: 'Server', name: 'p0' },
  { group, kind: 'Server', name: 'p1' },
  { group: 'core', kind: 'Namespace', name: 'shop' },
  { group, kind: 'HTTPRoute', name: 'p1' },
)
const required = some(
  { group, kind: 'MeshTLSAuthentication', name: 'p2' },
  { group, kind: 'NetworkAuthentication', name: 'p2' },
  { kind: 'ServiceAccount', name: 'robot' },
)
export const linkerdAuthorization: fc.Arbitrary<ModelObject> = fc.record({
  targetRef: target,
  requiredAuthenticationRefs: fc.uniqueArray(required, {
    maxLength: 2,
    selector: ({ kind }) => kind === 'NetworkAuthentication',
  }),
})

const client = some(
  { unauthenticated: true },
  { meshTLS: { identities: ['*'] } },
  { meshTLS: { serviceAccounts: [{ name: 'robot' }] }, networks: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/30'] }] },
)
export const serverAuthorization: fc.Arbitrary<ModelObject> = fc.record({
  server: fc.oneof(some({ name: 'p0' }, { name: 'p1' }), fc.record({ selector })),
  client,
})

export const meshTls = some(
  { identities: ['*'] },
  { identities: ['*.shop.serviceaccount.identity.linkerd.cluster.local'] },
  {
    identityRefs: [
      { kind: 'ServiceAccount', name: 'robot' },
      { kind: 'Namespace', name: 'batch' },
    ],
  },
)
export const networkAuthentication = some({ networks: [{ cidr: '10.0.0.0/8' }] }, { networks: [{ cidr: '192.0.2.7' }] })

const match = some(
  {},
  { path: { type: 'PathPrefix', value: '/a' } },
  { path: { value: '/' } },
  { method: 'GET', headers: [{ name: 'a', value: 'b' }] },
  { queryParams: [{ name: 'a', value: 'b' }] },
)
export const route = fc
  .tuple(
    fc.constantFrom('p0', 'p1').map((name) => ({ parentRefs: [{ group, kind: 'Server', name }] })),
    optional({
      hostnames: fc.constantFrom(['a.example.com'], []),
      rules: fc.array(optional({ matches: fc.array(match, { maxLength: 2 }) }), { maxLength: 2 }),
    }),
  )
  .map((parts): ModelObject => Object.assign({}, ...parts))
