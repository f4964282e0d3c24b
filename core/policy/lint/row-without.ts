import type { Alike } from '../index/policy-index'
import { makeRow, type Row, type RowMaker } from '../index/row'
import { sameBits } from '../index/bitset'
import type { End } from '../decision'
import { portsMatch } from '../match-ports'
import type { Block, Rule } from '../normal-form'
import type { Protocol } from '../ports'
import type { SelectedBlock, SelectedTier } from '../select-blocks'
import { maybe, no, yes } from '../tri'

/** What is thought away: rules, and that blocks isolate. */
export type Without = { readonly rules: ReadonlySet<Rule>; readonly isolation: ReadonlySet<Block> }

/** Protocols without ports, which no row of the index is about. */
export const portless = ['ICMP', 'ICMPv6', 'UDPLite', 'other'] as const
/** `judged`: as if policies of Kubernetes governed it, which is not defined for ICMP. null: TCP, UDP and SCTP. */
export type View = { readonly protocol: (typeof portless)[number]; readonly judged: boolean } | null

/** What is looked at besides ports. @param openIcmp whether it is open if policies govern ICMP */
export const portlessViews = (openIcmp: boolean): readonly NonNullable<View>[] => [
  ...portless.map((protocol) => ({ protocol, judged: true })),
  ...(openIcmp ? (['ICMP', 'ICMPv6'] as const).map((protocol) => ({ protocol, judged: false })) : []),
]

/** What passes a workload up to a tier: once as if what goes on were allowed, once as if it were denied. */
export type TierRows = readonly [Row, Row]

/** Reads the tiers of a workload up to the one at `last`, without some rules. O(rules × ends ÷ 32 × parts of ports). */
export function rowsWithout(maker: RowMaker, at: Alike, last: number, view: View, without: Without): TierRows {
  const tiers = at.tiers.slice(0, last + 1).map((tier) => ({
    ...tier,
    blocks: tier.blocks.map((one) => seenBlock(one, view, without)),
  }))
  return [makeRow(maker, tiers, at), makeRow(maker, [...tiers, denial], at)]
}

export const sameRows = (a: TierRows, b: TierRows): boolean => sameRow(a[0], b[0]) && sameRow(a[1], b[1])

const sameRow = (a: Row, b: Row): boolean =>
  a.length === b.length &&
  a.every(({ allowed, open }, i) => {
    const other = b[i]
    if (!other || !sameBits(allowed, other.allowed)) return false
    return open === null || other.open === null ? open === other.open : sameBits(open, other.open)
  })

function seenBlock(one: SelectedBlock, view: View, without: Without): SelectedBlock {
  const { block } = one
  if (view && !view.judged && block.openForIcmp) return { ...one, block: { ...block, isolates: false, rules: [] } }
  const touched = block.rules.some((rule) => without.rules.has(rule))
  const isolates = block.isolates && !without.isolation.has(block)
  if (!view && !touched && isolates === block.isolates) return one
  const rules = block.rules.map((rule) => {
    const seen = without.rules.has(rule) ? inert(rule) : rule
    return view ? portlessRule(seen, view.protocol) : seen
  })
  return { ...one, block: { ...block, isolates, rules } }
}

const inertRules = new WeakMap<Rule, Rule>()

/** A rule that decides nothing and still cuts the ports, so that rows have the same parts. */
function inert(rule: Rule): Rule {
  const known = inertRules.get(rule)
  if (known) return known
  const made: Rule = { ...rule, action: 'log' }
  inertRules.set(rule, made)
  return made
}

const portlessRules = { ICMP: new WeakMap<Rule, Rule>(), ICMPv6: new WeakMap<Rule, Rule>() }
const otherRules = { UDPLite: new WeakMap<Rule, Rule>(), other: new WeakMap<Rule, Rule>() }
const byView = { ...portlessRules, ...otherRules }

const nobody: End = { type: 'external', address: '' }
const noPorts = { some: [], none: [] }
const unsure = { some: null, none: [] }

/** The rule as it is for one of the protocols without ports: for all of it, for none, or perhaps. */
function portlessRule(rule: Rule, protocol: (typeof portless)[number]): Rule {
  const known = byView[protocol].get(rule)
  if (known) return known
  const matches = portsMatch(rule.ports, protocol, null, nobody)
  const { sourcePorts, ...rest } = rule
  const unclear = matches === maybe || sourcePorts !== undefined
  const made: Rule = { ...rest, ports: matches === no ? noPorts : null, ...(unclear ? { sourcePorts: unsure } : {}) }
  byView[protocol].set(rule, made)
  return made
}

/** Whether a rule may be about a protocol without ports. */
export const mayBeAbout = (rule: Rule, protocol: Protocol): boolean =>
  portsMatch(rule.ports, protocol, null, nobody) !== no

const denial: SelectedTier = {
  tier: { name: '', title: '', layer: 'network', order: 0, end: 'deny', ties: 'by-name' },
  blocks: [
    {
      ref: { group: '', kind: '', namespace: null, name: '' },
      selects: yes,
      doubts: [],
      block: { direction: 'ingress', tier: '', order: 0, subject: { is: 'anything' }, isolates: true, rules: [] },
    },
  ],
}
