import fc from 'fast-check'
import type { ModelObject } from '../model'
import { optional, selector, some } from './parts'

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector, podSelector: selector }),
  fc.constant<ModelObject>({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/30'] } }),
)
const port = some({ port: 80 }, { port: 443, endPort: 8080 }, { port: 'http' }, { protocol: 'UDP' })
export const networkRule = (side: 'from' | 'to') =>
  optional({ [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) })

export const networkPolicy = fc
  .tuple(
    fc.record({ podSelector: selector }),
    optional({
      ingress: fc.array(networkRule('from'), { maxLength: 2 }),
      egress: fc.array(networkRule('to'), { maxLength: 2 }),
      policyTypes: fc.constantFrom(['Ingress'], ['Ingress', 'Egress']),
    }),
  )
  .map(([subject, rest]): ModelObject => ({ ...subject, ...rest }))

const podsOf = fc.oneof(
  fc.record({ namespaces: selector }),
  fc.record({ pods: fc.record({ namespaceSelector: selector, podSelector: selector }) }),
)
const networks = some({ networks: ['10.0.0.0/8'] }, { networks: ['192.0.2.0/24'] })
type Side = 'from' | 'to'

/** Ports by name are for pods only. */
const ruleOf =
  (field: string, ports: fc.Arbitrary<ModelObject>, named: ModelObject) =>
  (side: Side, action: fc.Arbitrary<string>): fc.Arbitrary<ModelObject> => {
    const peers = (peer: fc.Arbitrary<ModelObject>) => fc.array(peer, { minLength: 1, maxLength: 2 })
    const made = (peer: fc.Arbitrary<ModelObject>, port: fc.Arbitrary<ModelObject>) =>
      fc
        .tuple(fc.record({ action, [side]: peers(peer) }), optional({ [field]: peers(port) }))
        .map(([rule, rest]): ModelObject => ({ ...rule, ...rest }))
    const toPods = made(podsOf, fc.oneof(ports, fc.constant(named)))
    return side === 'from' ? toPods : fc.oneof(toPods, made(fc.oneof(podsOf, networks), ports))
  }

/** A rule of ClusterNetworkPolicy, and one of its forerunners. */
export const clusterRule = ruleOf(
  'protocols',
  some(
    { tcp: { destinationPort: { number: 80 } } },
    { tcp: { destinationPort: { range: { start: 443, end: 8080 } } } },
    { udp: { destinationPort: { number: 80 } } },
  ),
  { destinationNamedPort: 'http' },
)
export const adminRule = ruleOf(
  'ports',
  some(
    { portNumber: { port: 80 } },
    { portNumber: { port: 80, protocol: 'UDP' } },
    { portRange: { start: 443, end: 8080, protocol: 'TCP' } },
  ),
  { namedPort: 'http' },
)

const withRules = (
  head: fc.Arbitrary<ModelObject>,
  rule: (side: Side) => fc.Arbitrary<ModelObject>,
): fc.Arbitrary<ModelObject> =>
  fc
    .tuple(
      fc.record({ subject: podsOf }),
      head,
      optional({
        ingress: fc.array(rule('from'), { maxLength: 2 }),
        egress: fc.array(rule('to'), { maxLength: 2 }),
      }),
    )
    .map((parts) => Object.assign({}, ...parts))

const priority = fc.nat(2)
export const clusterNetworkPolicy = withRules(
  fc.record({ tier: fc.constantFrom('Admin', 'Baseline'), priority }),
  (side) => clusterRule(side, fc.constantFrom('Accept', 'Deny', 'Pass')),
)
export const adminNetworkPolicy = withRules(fc.record({ priority }), (side) =>
  adminRule(side, fc.constantFrom('Allow', 'Deny', 'Pass')),
)
export const baselineAdminNetworkPolicy = withRules(fc.constant({}), (side) =>
  adminRule(side, fc.constantFrom('Allow', 'Deny')),
)
