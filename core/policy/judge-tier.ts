import type { Flow, RuleRef } from './decision'
import { endMatches } from './match-end'
import type { Sight } from './sight'
import { portsMatch } from './match-ports'
import type { Block, Rule } from './normal-form'
import { requestMatches } from './request-match'
import type { SelectedBlock, SelectedTier } from './select-blocks'
import { maybe, no, type Tri, triSome, yes } from './tri'

/** How reading may end: each with the last rule that ends it so; null: the end of the tier. */
export type Outcomes = {
  allow?: RuleRef | null
  deny?: RuleRef | null
  /** Goes on to the next tier. */
  next?: RuleRef | null
}

/** A flow, its port looked up, seen from the workload whose policies are read. */
export type Question = { readonly flow: Flow; readonly port: number | null; readonly sight: Sight }

/** Reads a tier: the first rule that matches decides, unless it only may match; then what follows may decide too. */
export function judgeTier({ tier, blocks }: SelectedTier, question: Question): Outcomes {
  const outcomes: Outcomes = {}
  for (const group of groupsOf(blocks, tier.ties === 'open' && question.sight.habits.ties === 'open')) {
    const results = group.map((one) => judgeBlock(one, question))
    for (const { ends } of results) Object.assign(outcomes, ends)
    if (results.filter(({ ends }) => Object.keys(ends).length > 0).length > 1)
      question.sight.doubt('policies of one priority differ, and their order is not defined')
    if (results.some(({ goesOn }) => !goesOn)) return outcomes
  }
  const isolated = isolation(blocks, question)
  if (tier.end === 'deny' && isolated !== no) outcomes.deny = null
  if (tier.end === 'next' || isolated !== yes) outcomes.next = null
  return outcomes
}

/** Blocks that are read together, because nothing says which comes first. */
export function groupsOf(blocks: readonly SelectedBlock[], openTies: boolean): readonly (readonly SelectedBlock[])[] {
  if (!openTies) return blocks.map((block) => [block])
  const groups: SelectedBlock[][] = []
  for (const one of blocks) {
    const last = groups.at(-1)
    if (last?.[0]?.block.order === one.block.order) last.push(one)
    else groups.push([one])
  }
  return groups
}

/** Whether a tier's end applies to a workload, ICMP aside. */
export const isolationOf = (blocks: readonly SelectedBlock[]): Tri =>
  triSome(blocks, ({ block, selects }) => (block.isolates ? selects : no))

function isolation(blocks: readonly SelectedBlock[], question: Question): Tri {
  let isolated: Tri = no
  for (const one of blocks) {
    if (!one.block.isolates) continue
    const applies = applying(one, question)
    if (applies > isolated) isolated = applies
  }
  return isolated
}

/** Whether a block that selects the workload has a say in this flow. */
function applying({ block, selects, doubts }: SelectedBlock, { flow, sight }: Question): Tri {
  for (const reason of doubts) sight.doubt(reason)
  const icmp = flow.protocol === 'ICMP' || flow.protocol === 'ICMPv6'
  if (!icmp || !block.openForIcmp || sight.habits.icmp === 'judged') return selects
  sight.doubt('whether NetworkPolicies govern ICMP is not defined')
  return maybe
}

/** `goesOn`: no rule surely decides. */
function judgeBlock(one: SelectedBlock, question: Question): { readonly ends: Outcomes; readonly goesOn: boolean } {
  const ends: Outcomes = {}
  const applies = applying(one, question)
  for (const rule of one.block.rules) {
    if (rule.action === 'log') continue
    const matches = ruleMatches(rule, one.block, question)
    if (matches === no) continue
    const ref = { policy: one.ref, path: rule.path }
    if (rule.action === 'unknown' || rule.action === 'ask') {
      if (rule.doubt !== undefined) question.sight.doubt(rule.doubt)
      ends.deny = ref
      if (rule.action === 'unknown') ends.allow = ref
      continue
    }
    ends[rule.action === 'pass' ? 'next' : rule.action] = ref
    if (matches === yes && applies === yes) return { ends, goesOn: false }
    if (matches === yes) break
  }
  return { ends, goesOn: true }
}

/** The least of its parts; the cheap ones first. */
export function ruleMatches(rule: Rule, block: Pick<Block, 'direction'>, { flow, port, sight }: Question): Tri {
  const peer = block.direction === 'ingress' ? flow.from : flow.to
  let least = portsMatch(rule.ports, flow.protocol, port, flow.to)
  const also = (value: Tri) => {
    if (value < least) least = value
  }
  if (least === maybe) sight.doubt('the port is not known')
  if (least !== no) also(endMatches(rule.peer, peer, sight))
  if (least !== no && rule.own) also(endMatches(rule.own, { type: 'workload', workload: sight.subject }, sight))
  if (least !== no && rule.sourcePorts) {
    const source = portsMatch(rule.sourcePorts, flow.protocol, flow.sourcePort ?? null, flow.from)
    if (source === maybe) sight.doubt('the port of the source is not known')
    also(source)
  }
  if (least !== no && rule.request) {
    const request = requestMatches(rule.request, flow.request)
    if (request === maybe) sight.doubt('it depends on what is asked for within the connection')
    also(request)
  }
  return least
}
