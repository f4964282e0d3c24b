import { describe, expect, it } from 'vitest'
import { type CountedDenial, groupDenials } from './denials'
import { facet, workload } from '../world-fixture'
import type { Facet } from '../world'

const window = { from: 0, to: 40_000, stepMs: 10_000 }
const row = (
  steps: readonly (readonly [number, number])[],
  more: Partial<Facet> = {},
  fields: Record<string, unknown> | null = null,
  to = 'db',
): CountedDenial => ({
  edge: { id: 1, from: workload('web'), to: workload(to), port: 5432, protocol: 'tcp' },
  facet: facet({ verdict: 'denied', reason: 'POLICY_DENIED', reporter: 'source', ...more }),
  steps: new Map(steps),
  record: fields && { id: 'r-1', fields },
})
const by = (name: string) => ({
  traffic_direction: 'EGRESS',
  egress_denied_by: [{ kind: 'CiliumNetworkPolicy', namespace: 'shop', name }],
})

describe('denials', () => {
  it('are counted by cause over the window, most first', () => {
    const found = groupDenials(
      [
        row([[10_000, 2]], {}, null, 'mail'),
        row([
          [0, 1],
          [30_000, 4],
        ]),
      ],
      window,
    )
    expect(found).toMatchObject([
      { to: { name: 'db' }, count: 5, firstSeen: 0, lastSeen: 30_000, spark: [1, 0, 0, 4], way: 'out', record: null },
      { to: { name: 'mail' }, count: 2, spark: [0, 2, 0, 0] },
    ])
  })

  it('are no zero in a step that was not recorded, or is not over', () => {
    const [found] = groupDenials([row([[20_000, 3]])], { ...window, to: 35_000, first: 10_000 })
    expect(found?.spark).toEqual([null, 0, 3, null])
    const [young] = groupDenials([row([[30_000, 3]])], { ...window, to: 35_000 })
    expect(young?.spark).toEqual([0, 0, 0, 3])
  })

  it('are one where edges that are stored apart have the same ends and cause', () => {
    expect(groupDenials([row([[0, 1]]), row([[0, 2]])], window)).toMatchObject([{ count: 3 }])
  })

  it('are apart where another policy, reason, side or witness decided', () => {
    const rows = [
      row([[0, 1]], {}, by('a')),
      row([[0, 1]], {}, by('b')),
      row([[0, 1]], { reason: 'AUTH_REQUIRED' }),
      row([[0, 1]], { reporter: 'destination' }),
      row([[0, 1]], { source: 'goldmane' }),
    ]
    expect(groupDenials(rows, window)).toHaveLength(5)
  })

  it.each<[Partial<Facet>, string]>([
    [{}, 'Denied on the way out: no policy rule allows this traffic. No record was found that says more.'],
    [
      { source: 'goldmane', reason: 'end of tier default (shop/db)' },
      'Denied on the way out: end of tier default (shop/db). No record was found that says more.',
    ],
    [{ verdict: 'audited', reason: '' }, 'Would be denied on the way out. No record was found that says more.'],
  ])('without a record say no more than their reason: %j', (more, text) =>
    expect(groupDenials([row([[0, 1]], more)], window)[0]?.cause).toMatchObject([{ text }]),
  )

  it('that counted nothing are none', () => expect(groupDenials([row([[0, 0]])], window)).toEqual([]))
})

it.each<[string, Partial<Facet>, Record<string, unknown> | null, string]>([
  [
    'a rule that denies',
    { reason: 'POLICY_DENY' },
    by('no-db'),
    'If the call is wanted, change the rule of CiliumNetworkPolicy shop/no-db that denies it.',
  ],
  [
    'a rule that is missing on the way out',
    {},
    null,
    'If the call is wanted, add an egress rule: shop/web to shop/db, port 5432/tcp.',
  ],
  [
    'a rule that is missing on the way in',
    { reporter: 'destination' },
    null,
    'If the call is wanted, add an ingress rule: shop/web to shop/db, port 5432/tcp.',
  ],
  [
    'the end of a tier',
    { source: 'goldmane', reason: 'end of tier default (shop/db)', reporter: 'destination' },
    {
      'policies.enforced_policies': [
        {
          kind: 'EndOfTier',
          tier: 'default',
          action: 'Deny',
          rule_index: -1,
          trigger: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
        },
      ],
    },
    'If the call is wanted, add an ingress rule to NetworkPolicy shop/db or another policy of its tier: shop/web to shop/db, port 5432/tcp.',
  ],
  [
    'an AuthorizationPolicy',
    { source: 'als', reason: 'rbac_access_denied_matched_policy[ns[shop]-policy[deny]-rule[0]]' },
    null,
    'If the call is wanted, change the rule of AuthorizationPolicy shop/deny that denies it.',
  ],
  [
    'no AuthorizationPolicy',
    { source: 'als', reason: 'rbac_access_denied_matched_policy[none]' },
    null,
    'If the call is wanted, add a rule for shop/web to an AuthorizationPolicy that allows, at shop/db.',
  ],
  ['no encryption', { reason: 'UNENCRYPTED_TRAFFIC' }, null, 'Check that encryption is up between the two nodes.'],
])('after %s it is said what to do', (_, more, fields, advice) =>
  expect(groupDenials([row([[0, 1]], more, fields)], window)[0]?.advice).toBe(advice),
)
