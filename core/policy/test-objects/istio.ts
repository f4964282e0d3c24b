import fc from 'fast-check'
import type { ModelObject } from '../model'
import { optional, some } from './parts'

const source = some(
  { principals: ['*'] },
  { principals: ['cluster.local/ns/shop/sa/robot'] },
  { notPrincipals: ['*'] },
  { namespaces: ['shop'] },
  { notNamespaces: ['shop'] },
  { requestPrincipals: ['*'] },
  { ipBlocks: ['10.0.0.0/30'] },
  { remoteIpBlocks: ['10.0.0.1'] },
)
const operation = some(
  { methods: ['GET'] },
  { notMethods: ['GET'] },
  { paths: ['/a*'] },
  { ports: ['80'] },
  { notPorts: ['443'] },
  { hosts: ['web.shop'] },
)
const when = some({ key: 'destination.port', values: ['80'] }, { key: 'request.headers[a]', values: ['b'] })
const list = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 2 })
export const istioRule = optional({
  from: list(source.map((one) => ({ source: one }))),
  to: list(operation.map((one) => ({ operation: one }))),
  when: list(when),
})

const selector = some({ matchLabels: { app: 'web' } }, { matchLabels: {} })
export const authorizationPolicy = fc
  .tuple(
    some(
      {},
      { action: 'ALLOW' },
      { action: 'DENY' },
      { action: 'AUDIT' },
      { action: 'CUSTOM', provider: { name: 'opa' } },
    ),
    optional({ selector, rules: fc.array(istioRule, { maxLength: 2 }) }),
  )
  .map(([action, rest]): ModelObject => ({ ...action, ...rest }))

const mode = fc.constantFrom('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT').map((word) => ({ mode: word }))
export const peerAuthentication = optional({ selector, mtls: mode, portLevelMtls: fc.record({ 80: mode }) })
export const destinationRule = optional({
  host: fc.constantFrom('web', 'web.shop.svc.cluster.local'),
  trafficPolicy: some({ tls: { mode: 'DISABLE' } }, { tls: { mode: 'ISTIO_MUTUAL' } }, {}),
})
