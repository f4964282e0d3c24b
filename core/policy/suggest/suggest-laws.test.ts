import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePolicies, type CompiledPolicies } from '../compile'
import { evaluate } from '../evaluate'
import type { Model, ModelObject, Workload } from '../model'
import type { Protocol } from '../ports'
import { others, workloads as some } from '../test-arbitrary'
import { modelOf } from '../test-model'
import { formatNamed } from './formats/formats'
import type { RecordedFlow } from './recorded-flow'
import { suggestPolicies } from './suggest-policies'
import {
  defaultSuggestOptions,
  suggestionFormats,
  type Suggestion,
  type SuggestOptions,
  type Suggestions,
} from './suggestion'
import { app, dnsPods, labelledSpace, outside, seen } from './test-flows'

/** Besides those of the other laws: pods whose labels are also on others, and one without any. */
const workloads: readonly Workload[] = [
  ...some,
  app('x/d', { labels: { app: 'a', tier: 'b', 'pod-template-hash': '5d9' }, ips: ['10.0.0.20'] }),
  app('x/e', { labels: { app: 'a', tier: 'b' }, ips: ['10.0.0.21'] }),
  app('x/d2', { labels: { app: 'd' } }),
  app('x/d3', { labels: { app: 'd', tier: 'b' } }),
  app('x/f', { labels: { tier: 'b' }, mesh: 'istio' }),
  dnsPods,
]
const far = Array.from({ length: 6 }, (_, i) => outside(`203.0.113.${i * 9}`))
const named = [
  outside('192.0.2.8', 'a.example.com', 'b.example.com'),
  outside('192.0.2.9', 'b.example.com'),
  outside('192.0.2.9'),
]
const ends = [...workloads, ...others, ...far, ...named]

const selector = fc.constantFrom<ModelObject>({}, { matchLabels: { app: 'a' } }, { matchLabels: { tier: 'b' } })
const spec = fc.record(
  {
    podSelector: selector,
    ingress: fc.array(fc.record({ from: fc.array(fc.record({ podSelector: selector }), { maxLength: 1 }) }), {
      maxLength: 1,
    }),
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  },
  { requiredKeys: ['podSelector', 'policyTypes'] },
)
const existing = fc.oneof(
  fc.constant<readonly ModelObject[]>([]),
  fc
    .tuple(fc.array(spec, { maxLength: 1 }), fc.constantFrom('Accept', 'Deny', 'Pass'), fc.boolean())
    .map(([specs, action, baseline]): readonly ModelObject[] => [
      ...specs.map((spec, i) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: `p${i}`, namespace: 'x' },
        spec,
      })),
      {
        apiVersion: 'policy.networking.k8s.io/v1alpha2',
        kind: 'ClusterNetworkPolicy',
        metadata: { name: 'all' },
        spec: {
          tier: baseline ? 'Baseline' : 'Admin',
          priority: 1,
          subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'x' } } },
          ingress: [{ action, from: [{ namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }],
        },
      },
    ]),
)

/** Among few ends, so that peers and subjects often overlap. */
const alike = workloads.filter(({ namespace }) => namespace === 'x')
const pools = fc.oneof(
  fc.uniqueArray(fc.constantFrom(...ends), { minLength: 2, maxLength: 6 }),
  fc.uniqueArray(fc.constantFrom(...alike, ...far.slice(0, 1)), { minLength: 3, maxLength: 4 }),
)
const flows = pools.chain((pool) => fc.array(flowAmong(fc.constantFrom(...pool)), { maxLength: 14 }))

/** The first in most cases. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const flowAmong = (end: fc.Arbitrary<(typeof ends)[number]>): fc.Arbitrary<RecordedFlow> =>
  fc
    .record({
      from: end,
      to: end,
      port: mostly<number | string>(80, 443, 53, 'http', 40_000),
      protocol: mostly<Protocol>('TCP', 'UDP', 'ICMP'),
      reply: mostly<RecordedFlow['reply']>('no', 'unknown', 'yes'),
      observed: mostly<RecordedFlow['observed']>('forwarded', 'dropped'),
      count: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ from, to, port, count, ...parts }) =>
      seen(from, to, port, { ...parts, evidence: { count, first: count, last: 9 + count, days: count } }),
    )

const how: fc.Arbitrary<SuggestOptions> = fc
  .record({
    format: fc.constantFrom(...suggestionFormats),
    per: fc.constantFrom('workload' as const, 'workload' as const, 'namespace' as const),
    isolate: fc.constantFrom('both' as const, 'seen' as const),
    mostRanges: fc.constantFrom(2, 8),
  })
  .map((parts) => ({ ...defaultSuggestOptions, ...parts }))

const profile = fc.constantFrom('generic' as const, 'cilium' as const, 'calico' as const)
const question = fc.tuple(flows, existing, how, profile)
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never

const modelWith = (objects: readonly ModelObject[]): Model =>
  modelOf(workloads, objects, { namespaces: ['x', 'y', 'kube-system'].map(labelledSpace) })

function ask([flows, objects, options, profile]: Question) {
  const before = compilePolicies(modelWith(objects), {
    profile,
    loopback: 'bypass',
    staged: 'left-out',
    trustDomain: 'cluster.local',
  })
  return { flows, objects, options, before, found: suggestPolicies(before, flows, options) }
}

const apply = (before: CompiledPolicies, objects: readonly ModelObject[], more: readonly ModelObject[]) =>
  compilePolicies(modelWith([...objects, ...more]), before.options)

const manifestsOf = ({ suggestions }: Suggestions) => suggestions.map(({ manifest }) => manifest)

/** The sides of input flows that are not said to be left out. */
function promised(flows: readonly RecordedFlow[], { leftOut }: Suggestions, options: SuggestOptions) {
  const without = (flow: RecordedFlow, direction: 'ingress' | 'egress') =>
    leftOut.some((one) => (one.direction === null || one.direction === direction) && one.flows.includes(flow))
  const sides =
    options.format === 'IstioAuthorizationPolicy' ? (['ingress'] as const) : (['ingress', 'egress'] as const)
  return flows.flatMap((flow) => sides.flatMap((direction) => (without(flow, direction) ? [] : [{ flow, direction }])))
}

function verdicts(compiled: CompiledPolicies, sides: ReturnType<typeof promised>, options: SuggestOptions) {
  return sides.map(({ flow: { from, to, protocol, port }, direction }) => {
    if (from.type === 'unknown' || to.type === 'unknown' || to.type === 'service') return 'denied'
    const decision = evaluate(compiled, { from, to, protocol, port })
    const judgement = options.format === 'IstioAuthorizationPolicy' ? decision.mesh : decision[direction]
    return judgement.verdict
  })
}

test('a suggestion denies none of its flows', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { flows, objects, options, before, found } = ask(asked)
      const after = apply(before, objects, manifestsOf(found))
      expect(after.unread).toEqual([])
      for (const verdict of verdicts(after, promised(flows, found, options), options)) expect(verdict).toBe('allowed')
    }),
    { numRuns: 150 },
  )
})

test('without any one of its rules, or peers of a rule, a suggestion denies some of its flows', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { flows, objects, options, before, found } = ask(asked)
      const sides = promised(flows, found, options)
      for (const [i, suggestion] of found.suggestions.entries())
        for (const direction of ['ingress', 'egress'] as const)
          for (const [at, { purpose, peers }] of (suggestion[direction] ?? []).entries())
            for (const peer of purpose === 'dns' ? [] : [null, ...(peers.length > 1 ? peers.keys() : [])]) {
              const less = found.suggestions.map((one, j) =>
                i === j ? without(one, direction, at, peer, options) : one.manifest,
              )
              const after = apply(before, objects, less)
              expect(verdicts(after, sides, options).filter((verdict) => verdict !== 'allowed')).not.toEqual([])
            }
    }),
    { numRuns: 150 },
  )
})

test('the order of flows changes nothing', () => {
  fc.assert(
    fc.property(question, ([flows, ...rest]) => {
      const one = ask([flows, ...rest]).found
      expect(ask([flows.toReversed(), ...rest]).found).toEqual(one)
    }),
    { numRuns: 150 },
  )
})

test('once it is applied nothing more is suggested for the flows that no policy denied', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { flows, objects, options, before, found } = ask(asked)
      const denied = new Set(found.leftOut.flatMap((one) => (one.reason === 'denied-by-policy' ? one.flows : [])))
      const after = apply(before, objects, manifestsOf(found))
      const again = suggestPolicies(
        after,
        flows.filter((flow) => !denied.has(flow)),
        options,
      )
      expect(manifestsOf(again)).toEqual([])
    }),
    { numRuns: 150 },
  )
})

/** The manifest of what is left. @param peer null: the whole rule */
function without(
  { manifest, subject, ingress, egress }: Suggestion,
  direction: 'ingress' | 'egress',
  at: number,
  peer: number | null,
  { format }: SuggestOptions,
): ModelObject {
  const all = { ingress, egress }
  const rules = all[direction] ?? []
  const left = rules.flatMap((rule, i) => {
    if (i !== at) return [rule]
    return peer === null ? [] : [{ ...rule, peers: rule.peers.toSpliced(peer, 1) }]
  })
  return { ...manifest, spec: formatNamed(format).spec({ subject, ...all, [direction]: left }) }
}
