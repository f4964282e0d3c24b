import fc from 'fast-check'
import type { ModelObject } from '../model'
import { networkPolicy } from './kubernetes'
import { optional, some } from './parts'

const selector = fc.constantFrom('all()', "app == 'web'", "tier in {'a', 'b'}", '!has(tier)')
const end = fc.oneof(
  optional({ selector, namespaceSelector: fc.constantFrom("team == 'sales'", 'all()') }),
  some(
    {},
    { notSelector: 'has(tier)' },
    { nets: ['10.0.0.0/8'] },
    { notNets: ['192.0.2.0/24'] },
    { serviceAccounts: { names: ['robot'] } },
    { selector: "kind == 'set'" },
  ),
)
/** What a rule says of the protocol, and of ports on either side. */
type Ports = { readonly rule: ModelObject; readonly source?: ModelObject; readonly destination?: ModelObject }
const ports = fc.constantFrom<Ports>(
  { rule: {} },
  { rule: { protocol: 'TCP' }, destination: { ports: [80, '443:8080', 'http'] } },
  { rule: { protocol: 'UDP' }, destination: { notPorts: [80] } },
  { rule: { protocol: 'ICMP' } },
  { rule: { protocol: 'TCP' }, source: { ports: [1024] } },
)

export const calicoRule = (action: fc.Arbitrary<string>): fc.Arbitrary<ModelObject> =>
  fc.tuple(action, end, end, ports).map(([word, source, destination, of]) => ({
    action: word,
    ...of.rule,
    source: { ...source, ...of.source },
    destination: { ...destination, ...of.destination },
  }))

const rules = fc.array(calicoRule(fc.constantFrom('Allow', 'Deny', 'Pass', 'Log')), { maxLength: 2 })
const common = {
  tier: fc.constantFrom('default', 'p1', 'unknown-tier'),
  order: fc.constantFrom(10, 1000, 2000.5),
  selector,
  types: fc.constantFrom([], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  ingress: rules,
  egress: rules,
}
export const calicoPolicy = optional(common)
export const calicoGlobalPolicy = optional({ ...common, namespaceSelector: fc.constant("team == 'sales'") })

const staged = (spec: fc.Arbitrary<ModelObject>): fc.Arbitrary<ModelObject> =>
  fc.oneof(
    fc
      .tuple(spec, optional({ stagedAction: fc.constantFrom('Set', 'Ignore', 'Learn') }))
      .map(([a, b]) => ({ ...a, ...b })),
    fc.constant({ stagedAction: 'Delete' }),
  )
export const stagedPolicy = staged(calicoPolicy)
export const stagedGlobalPolicy = staged(calicoGlobalPolicy)
export const stagedKubernetesPolicy = staged(networkPolicy)

export const calicoTier = optional({
  order: fc.constantFrom(100, 5_000_000),
  defaultAction: fc.constantFrom('Deny', 'Pass'),
})
export const networkSet = optional({ nets: fc.array(fc.constantFrom('192.0.2.0/24', '10.0.0.0/30')) })
export const hostEndpoint = optional({
  node: fc.constant('n1'),
  interfaceName: fc.constant('eth0'),
  expectedIPs: fc.constantFrom(['10.9.0.1'], []),
})
