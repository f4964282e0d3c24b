import fc from 'fast-check'
import { catalogueOf } from './catalogue'
import { arrangePolicies, type CompiledPolicies } from './compile'
import type { End } from './decision'
import { endOf } from './evaluate'
import { anyNamespace, type EndMatch, type NamespaceMatch, namespaceNamed } from './end-match'
import type { LabelMatch } from './label-match'
import type { Workload } from './model'
import type { Block, Policy, Rule } from './normal-form'
import type { PortItem, PortMatch } from './ports'
import { defaultOptions, type Options, profiles } from './profile'
import { modelOf, pod, space } from './test-model'
import { adminTier, baselineTier, defaultTier, istioTier } from './tiers'

/** A few of each, so that conditions often meet. */
const keys = fc.constantFrom('app', 'tier')
const values = fc.constantFrom('a', 'b')
const cidrs = fc.constantFrom('10.0.0.0/30', '10.0.0.0/8', '0.0.0.0/0', '192.0.2.0/24', 'fd00::/8')

export const workloads: readonly Workload[] = [
  pod('x/a', { labels: { app: 'a' }, ips: ['10.0.0.1'], nodes: ['n1'], mesh: 'istio', ports: [port('http', 80)] }),
  pod('x/b', { labels: { app: 'b', tier: 'a' }, ips: ['10.0.0.9'], nodes: ['n2'], ports: [port('http', 8080)] }),
  pod('y/a', { labels: { app: 'a', tier: 'b' }, nodes: ['n1'], mesh: 'unknown', serviceAccount: 'robot' }),
  pod('y/c', { kind: 'Deployment', ips: ['10.0.0.2', '10.1.0.2'], nodes: ['n1', 'n2'], mesh: 'istio' }),
  pod('y/h', { labels: { app: 'a' }, ips: ['10.9.0.1'], nodes: ['n1'], hostNetwork: true }),
]
export const others: readonly End[] = [
  { type: 'external', address: '192.0.2.7', names: ['api.example.com'] },
  { type: 'external', address: '198.51.100.1' },
  { type: 'external', address: 'fd00::1', rewritten: true },
  { type: 'node', name: 'n1', addresses: ['10.9.0.1'] },
]
export const allEnds: readonly End[] = [...workloads.map(endOf), ...others]

function port(name: string, number: number) {
  return { name, protocol: 'TCP' as const, port: number }
}

const { labels } = fc.letrec<{ labels: LabelMatch }>((tie) => ({
  labels: fc.oneof(
    { depthSize: 'small' },
    fc.constant<LabelMatch>({ op: 'any' }),
    fc.record({
      op: fc.constantFrom('in' as const, 'not-in' as const),
      key: keys,
      values: fc.array(values, { maxLength: 2 }),
    }),
    fc.record({ op: fc.constantFrom('has' as const, 'lacks' as const), key: keys }),
    fc.record({ op: fc.constant('not' as const), of: tie('labels') }),
  ),
}))
const namespaces: fc.Arbitrary<NamespaceMatch> = fc.oneof(
  fc.constant(anyNamespace),
  fc.constantFrom('x', 'y').map((name) => namespaceNamed(name)),
  labels.map((match): NamespaceMatch => ({ by: 'labels', labels: match })),
)

const { end } = fc.letrec<{ end: EndMatch }>((tie) => ({
  end: fc.oneof(
    { depthSize: 'small' },
    { weight: 6, arbitrary: fc.constant<EndMatch>({ is: 'anything' }) },
    fc.record({ is: fc.constant('workload' as const), namespace: namespaces, labels }),
    fc.record({
      is: fc.constant('address' as const),
      cidrs: fc.array(cidrs, { minLength: 1, maxLength: 2 }),
      except: fc.array(cidrs, { maxLength: 1 }),
      inCluster: fc.constantFrom('by-profile' as const, 'yes' as const, 'no' as const),
    }),
    fc.record({
      is: fc.constant('place' as const),
      places: fc.array(
        fc.constantFrom(
          'workload' as const,
          'own-node' as const,
          'other-node' as const,
          'outside' as const,
          'kube-apiserver' as const,
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    fc.constant<EndMatch>({ is: 'dns-name', names: [{ how: 'suffix', text: '.example.com' }] }),
    fc.constant<EndMatch>({ is: 'identity', mesh: 'istio', names: [{ how: 'prefix', text: 'cluster.local/ns/y/' }] }),
    fc.constant<EndMatch>({ is: 'account', namespace: anyNamespace, names: ['robot'], labels: { op: 'any' } }),
    fc.constant<EndMatch>({ is: 'unclear', doubt: 'it is not known' }),
    fc.record({
      is: fc.constantFrom('every' as const, 'some' as const),
      of: fc.array(tie('end'), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ is: fc.constant('not' as const), of: tie('end') }),
  ),
}))

const item: fc.Arbitrary<PortItem> = fc.record({
  protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'any' as const),
  port: fc.constantFrom<PortItem['port']>(
    'any',
    { name: 'http' },
    { from: 80, to: 80 },
    { from: 443, to: 8080 },
    { from: 1, to: 100 },
  ),
})
const ports: fc.Arbitrary<PortMatch | null> = fc.option(
  fc.record({ some: fc.option(fc.array(item, { maxLength: 2 })), none: fc.array(item, { maxLength: 1 }) }),
)

export const rule: fc.Arbitrary<Rule> = fc
  .record({
    action: fc.constantFrom(...(['allow', 'allow', 'allow', 'deny', 'deny', 'pass', 'log', 'ask', 'unknown'] as const)),
    peer: end,
    ports: fc.oneof(fc.constant(null), ports),
    own: fc.option(end, { nil: undefined, freq: 6 }),
    request: fc.option(fc.constant({ is: 'method' as const, texts: [{ how: 'exact' as const, text: 'GET' }] }), {
      nil: undefined,
      freq: 6,
    }),
  })
  .map(({ own, request, ...parts }) => ({
    ...parts,
    path: 'spec',
    ...(own ? { own } : {}),
    ...(request ? { request } : {}),
  }))

const block: fc.Arbitrary<Block> = fc
  .record({
    direction: fc.constantFrom('ingress' as const, 'ingress' as const, 'egress' as const),
    tier: fc.constantFrom(defaultTier.name, adminTier.name, adminTier.name, baselineTier.name, istioTier.name),
    order: fc.nat(1),
    subject: fc.oneof(
      fc.record({ is: fc.constant('workload' as const), namespace: namespaces, labels }),
      fc.constant<EndMatch>({ is: 'unclear', doubt: 'whom it selects is not known' }),
      end,
    ),
    isolates: fc.boolean(),
    alone: fc.option(fc.constant('one'), { nil: undefined, freq: 6 }),
    rules: fc.array(rule, { maxLength: 3 }),
  })
  .map(({ alone, ...parts }) => (alone === undefined ? parts : { ...parts, alone }))

export const policies: fc.Arbitrary<readonly Policy[]> = fc
  .array(fc.array(block, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 5 })
  .map((all) => all.map((blocks, i) => policyOf(`p${i}`, blocks)))

export const policyOf = (name: string, blocks: readonly Block[]): Policy => ({
  ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'x', name },
  mode: 'enforced',
  replaces: null,
  blocks,
  tiers: [],
})

export const options: fc.Arbitrary<Options> = fc
  .record({ profile: fc.constantFrom(...profiles), loopback: fc.constantFrom('bypass' as const, 'policy' as const) })
  .map((parts) => ({ ...defaultOptions, ...parts }))

/** The workloads above under policies in the normal form. */
export function compiledOf(all: readonly Policy[], how: Options = defaultOptions): CompiledPolicies {
  const spaces = [space('x', { app: 'a' }), space('y', { tier: 'b' })]
  return {
    ...arrangePolicies(all, how),
    catalogue: catalogueOf(modelOf(workloads, [], { namespaces: spaces })),
    unread: [],
  }
}
