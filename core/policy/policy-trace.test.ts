import { describe, expect, it } from 'vitest'
import { explainFlow } from '../flows/explain-flow'
import { policyTrace } from './policy-trace'
import type { Traced } from '../flows/trace-step'

const flow = (more: Partial<Traced>): Traced => ({
  verdict: 'allowed',
  reason: '',
  reporter: 'source',
  source: 'hubble',
  fields: {},
  ...more,
})
const lines = (more: Partial<Traced>) => policyTrace(flow(more)).map(({ outcome, text }) => `${outcome}: ${text}`)

/** As Cilium 1.18.3 wrote it (`cilium hubble observe -o json`), flattened as the store keeps it. */
const deniedByCilium = {
  egress_denied_by: [
    {
      name: 'deny-tg-to-echo',
      namespace: 'net-lab',
      labels: ['k8s:io.cilium.k8s.policy.name=deny-tg-to-echo'],
      revision: '6',
      kind: 'CiliumNetworkPolicy',
    },
  ],
  traffic_direction: 'EGRESS',
  drop_reason_desc: 'POLICY_DENY',
  'event_type.type': 5,
  policy_match_type: 1,
  'l4.TCP.flags.SYN': true,
}

/** Traces that Whisker showed of Calico 3.32.2. */
const hit = (kind: string, name: string, namespace: string, tier: string, action: string, more = {}) => ({
  kind,
  name,
  namespace,
  tier,
  action,
  policy_index: 0,
  rule_index: 0,
  trigger: null,
  ...more,
})
const goldmane = (enforced: readonly object[], pending: readonly object[] = enforced): Partial<Traced> => ({
  source: 'goldmane',
  fields: { 'policies.enforced_policies': enforced, 'policies.pending_policies': pending },
})
const profile = hit('Profile', 'kns.hipstershop', '', '', 'Allow')

describe('a record of Hubble', () => {
  it.each<[string, Partial<Traced>, string[]]>([
    [
      'names the rule that denied',
      { verdict: 'denied', reason: 'POLICY_DENY', fields: deniedByCilium },
      ['denied: Denied on the way out by CiliumNetworkPolicy net-lab/deny-tg-to-echo (reported by Hubble).'],
    ],
    [
      'says that a rule is missing',
      { verdict: 'denied', reason: 'POLICY_DENIED', fields: { traffic_direction: 'INGRESS' } },
      [
        'denied: Denied on the way in: a policy selects the workload, and no rule allows this (reported by Hubble). Hubble names rules that deny, not those that are missing.',
      ],
    ],
    [
      'says that a rule denied where an old Cilium does not name it',
      { verdict: 'denied', reason: 'POLICY_DENY', fields: { traffic_direction: 'EGRESS' } },
      [
        'denied: Denied on the way out by a rule that denies (POLICY_DENY). No policy was named: Cilium names them from 1.16 on.',
      ],
    ],
    [
      'names every policy that allowed',
      {
        fields: {
          ingress_allowed_by: [
            { name: 'allow-checkout', namespace: 'checkout', kind: 'NetworkPolicy' },
            { name: 'baseline', kind: 'CiliumClusterwideNetworkPolicy' },
          ],
        },
      },
      [
        'allowed: Allowed on the way in by NetworkPolicy checkout/allow-checkout (reported by Hubble).',
        'allowed: Allowed on the way in by CiliumClusterwideNetworkPolicy baseline (reported by Hubble).',
      ],
    ],
    [
      'does not guess',
      { fields: { traffic_direction: 'EGRESS', 'event_type.type': 4 } },
      [
        'unknown: No policy was named: Hubble names policies on the event of a new connection only, and this is another one.',
      ],
    ],
    [
      'that nobody restricts',
      { fields: { policy_match_type: 4 } },
      ['allowed: Allowed by a rule for everybody, or because no policy selects the workload.'],
    ],
    [
      'in audit mode',
      { verdict: 'audited', fields: { ...deniedByCilium } },
      ['audited: Would be denied on the way out by CiliumNetworkPolicy net-lab/deny-tg-to-echo (reported by Hubble).'],
    ],
    [
      'that the network lost',
      { verdict: 'error', reason: 'CT_MAP_INSERTION_FAILED' },
      ['unknown: The network failed to deliver it; no policy decided that.'],
    ],
    [
      'with fields that are not what they should be',
      { fields: { egress_denied_by: 'x', policy_match_type: 'y', traffic_direction: 7 } },
      [
        'unknown: No policy was named: Hubble names policies on the event of a new connection only, and this is another one.',
      ],
    ],
  ])('%s', (_, more, expected) => expect(lines(more)).toEqual(expected))

  it('gives the policy to go to', () => {
    expect(policyTrace(flow({ verdict: 'denied', fields: deniedByCilium }))[0]?.policy).toEqual({
      kind: 'CiliumNetworkPolicy',
      namespace: 'net-lab',
      name: 'deny-tg-to-echo',
    })
  })
})

describe('a record of Goldmane', () => {
  it.each<[string, Partial<Traced>, string[]]>([
    [
      'names the rule that denied',
      {
        ...goldmane([hit('GlobalNetworkPolicy', 'tenant-02-isolate', '', 'security', 'Deny', { rule_index: 2 })]),
        verdict: 'denied',
        reporter: 'destination',
      },
      [
        'denied: Denied on the way in by GlobalNetworkPolicy tenant-02-isolate, tier security, rule 3 (reported by Goldmane).',
      ],
    ],
    [
      'allowed by the profile, whatever staged policies would pass',
      goldmane(
        [profile],
        [
          hit('GlobalNetworkPolicy', 'tenant-01-isolate', '', 'security', 'Pass'),
          hit('CalicoNetworkPolicy', 'checkoutservice', 'hipstershop', 'workload-isolation', 'Allow'),
        ],
      ),
      [
        'allowed: Allowed on the way out by the profile kns.hipstershop, because no policy selects the workload (reported by Goldmane).',
      ],
    ],
    [
      'that a staged policy would deny',
      goldmane(
        [profile],
        [
          hit('EndOfTier', '-', '-', 'default', 'Deny', {
            rule_index: -1,
            trigger: hit('StagedNetworkPolicy', 'summary-policy', 'yaobank', 'default', ''),
          }),
        ],
      ),
      [
        'allowed: Allowed on the way out by the profile kns.hipstershop, because no policy selects the workload (reported by Goldmane).',
        'staged: Would be denied on the way out at the end of tier default: StagedNetworkPolicy yaobank/summary-policy selects the workload, and no rule of the tier matches, once what is staged is enforced.',
      ],
    ],
    [
      'tells every policy that was met',
      goldmane([
        hit('GlobalNetworkPolicy', 'platform', '-', 'platform', 'Pass'),
        hit('NetworkPolicy', 'web', 'shop', 'default', 'Allow', { rule_index: 1 }),
      ]),
      [
        'passed: Passed on to the next tier on the way out by GlobalNetworkPolicy platform, tier platform, rule 1 (reported by Goldmane).',
        'allowed: Allowed on the way out by NetworkPolicy shop/web, tier default, rule 2 (reported by Goldmane).',
      ],
    ],
    ['without a trace', goldmane([]), ['unknown: No policy was named: Goldmane tells no policy for this flow.']],
  ])('%s', (_, more, expected) => expect(lines(more)).toEqual(expected))
})

describe('a record of a proxy', () => {
  const als = (details: string, more: Partial<Traced> = {}): Partial<Traced> => ({
    source: 'als',
    reporter: 'destination',
    verdict: 'denied',
    reason: details.slice(0, 100),
    fields: details ? { 'response.response_code_details': details } : {},
    ...more,
  })
  it.each<[string, Partial<Traced>, string[]]>([
    [
      'names the AuthorizationPolicy that denied',
      als('rbac_access_denied_matched_policy[ns[shop]-policy[deny-admin]-rule[0]]'),
      ['denied: Denied by the callee’s proxy, by AuthorizationPolicy shop/deny-admin, rule 1.'],
    ],
    [
      'says that none allowed',
      als('rbac_access_denied_matched_policy[none]', { reporter: 'waypoint' }),
      [
        'denied: Denied by a waypoint: an AuthorizationPolicy that allows selects the workload, and none of its rules match this call.',
      ],
    ],
    [
      'refused by an authorization service',
      als('ext_authz_denied'),
      ['denied: Denied by the external authorization service that the callee’s proxy asks.'],
    ],
    [
      'to a host that nobody registered',
      als('', { reason: 'BlackHoleCluster', reporter: 'source' }),
      [
        'denied: Denied by the caller’s proxy: the mesh lets traffic out to registered hosts only (REGISTRY_ONLY), and nobody registered this one. No policy object decided that.',
      ],
    ],
    [
      'that passed',
      als('via_upstream', { verdict: 'allowed', reason: '' }),
      ['unknown: No policy was named: proxies name a policy only where one refuses.'],
    ],
    [
      'that failed',
      als('', { verdict: 'error', reason: 'UF' }),
      ['unknown: The callee’s proxy could not deliver it; no policy decided that.'],
    ],
  ])('%s', (_, more, expected) => expect(lines(more)).toEqual(expected))
})

it.each(['otlp', 'prometheus:istio', 'mystery'])('%s says nothing of policies', (source) =>
  expect(policyTrace(flow({ source }))).toMatchObject([{ outcome: 'unknown' }]),
)

it.each<[Partial<Traced>, string[]]>([
  [
    { reason: 'POLICY_DENIED', fields: { 'l4.TCP.flags.SYN': true } },
    ['no policy rule allows this traffic', 'opens a connection'],
  ],
  [{ fields: { 'l4.ICMPv4.type': 3, 'l4.ICMPv4.code': 3 } }, ['nothing listens on the port']],
  [{ fields: { 'l4.ICMPv4.type': 3, 'l4.ICMPv4.code': 77 } }, ['the target cannot be reached']],
  [{ fields: { 'l4.ICMPv6.type': 135 } }, ['asks who has an address']],
  [
    { reason: 'UF', fields: { response_flags: ['UF', 'URX'] } },
    ['the connection to the upstream failed', 'retries or connection attempts ran out'],
  ],
  [{ reason: 'UH' }, ['no healthy upstream host']],
  [{ reason: 'constructor', fields: { response_flags: [1, 'XX'] } }, []],
])('codes are said in words: %j', (more, meanings) =>
  expect(explainFlow(flow(more)).map(({ meaning }) => meaning)).toEqual(meanings),
)
