import type { CompiledPolicies } from './compile'
import type { Decision, End, Flow, Judgement, RuleRef } from './decision'
import { describeEnd, describePorts } from './describe-match'
import { describeRequest } from './describe-request'
import { type Policy, refKey, type Rule } from './normal-form'
import { policyName } from './policy-name'
import { requestMatches } from './request-match'
import { no } from './tri'

/**
 * A decision in sentences: the verdict first, then why, for each side that has something to say. What decided a
 * denial comes first.
 */
export function explain(compiled: CompiledPolicies, flow: Flow, decision: Decision): readonly string[] {
  const words = { allowed: 'Allowed', denied: 'Denied', undefined: 'Undefined' }[decision.verdict]
  return [`${words}: ${flowWords(flow)}.`, ...explainWhy(compiled, flow, decision, portWords(flow))]
}

/** The same without the verdict. `what`: the protocol and port as part of a sentence. */
export function explainWhy(
  compiled: CompiledPolicies,
  flow: Flow,
  decision: Decision,
  what: string,
): readonly string[] {
  const { decidedBy, egress, ingress, mesh } = decision
  const sides = [egress, ingress, mesh].filter((side) => side.layer === 'network' || side.steps.length > 0)
  const ordered = [decidedBy, ...sides.filter((side) => side !== decidedBy)]
  const telling = decision.verdict === 'denied' ? ordered.filter(({ verdict }) => verdict === 'denied') : ordered
  return [...new Set(telling.map((side) => `${capital(sideWords(compiled, flow, side, what))}.`))]
}

/** Names of hosts stay as they are. */
const capital = (text: string) => (/^[^ ]*\./.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1))

export function endName(end: End): string {
  if (end.type === 'external') return end.names?.[0] ?? end.address
  return end.type === 'node' ? `node ${end.name}` : `${end.workload.namespace}/${end.workload.name}`
}

const flowWords = (flow: Flow) => `${endName(flow.from)} to ${endName(flow.to)}, ${portWords(flow)}`
const portWords = ({ protocol, port }: Flow) => (port === null ? protocol : `${protocol} ${port}`)

function sideWords(compiled: CompiledPolicies, flow: Flow, side: Judgement, what: string): string {
  const own = endName(side.direction === 'ingress' ? flow.to : flow.from)
  const peer = endName(side.direction === 'ingress' ? flow.from : flow.to)
  const layer = side.layer === 'mesh' ? 'of the mesh ' : ''
  switch (side.reason.code) {
    case 'not-a-pod':
      return `${own} is no pod, so no policy governs its ${side.direction}`
    case 'same-pod':
      return `policies do not govern what a pod sends to itself`
    case 'own-node':
      return `a node always reaches the pods that it runs`
    case 'no-policy':
      return side.steps.length === 0
        ? `nothing ${layer}restricts the ${side.direction} of ${own}`
        : `${selectingWords(side)} and no rule of ${selectingOf(side).length === 1 ? 'it' : 'them'} decides on this, so ${side.layer === 'mesh' ? 'the mesh lets it pass' : 'it is allowed'}`
    case 'end-of-tier':
      return `${selectingWords(side)} and no rule of ${selectingOf(side).length === 1 ? 'it' : 'them'} allows ${what} ${side.direction === 'ingress' ? `from ${peer}` : `to ${peer}`}`
    case 'rule':
      return ruleWords(compiled, flow, own, side)
    case 'open':
      return `the ${side.direction} of ${own} is open, because ${joined(side.reason.doubts, 'it depends on what is not known')}${side.policy ? `; else ${policyName(side.policy)} denies it` : ''}`
  }
}

const joined = (texts: readonly string[], otherwise: string) => (texts.length === 0 ? otherwise : texts.join('; '))

const selectingOf = ({ steps }: Judgement) => [
  ...new Map(steps.flatMap(({ selecting }) => selecting.map((ref) => [refKey(ref), ref]))).values(),
]

function selectingWords(side: Judgement): string {
  const { direction } = side
  const names = selectingOf(side).map(policyName)
  const shown = names.slice(0, 3).join(', ')
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return `${shown}${more} ${names.length === 1 ? 'selects' : 'select'} it for ${direction},`
}

function ruleWords(
  compiled: CompiledPolicies,
  flow: Flow,
  own: string,
  { rule, verdict, direction }: Judgement,
): string {
  if (!rule) return ''
  const found = findRule(compiled, flow, rule)
  const does = verdict === 'denied' ? 'denies' : 'allows'
  const where = `${policyName(rule.policy)} ${does} ${direction} ${direction === 'ingress' ? 'to' : 'of'} ${own}`
  if (!found) return `${where} (${rule.path})`
  const side = direction === 'ingress' ? 'from' : 'to'
  const asked = found.request ? `, ${describeRequest(found.request)}` : ''
  return `${where} ${side} ${describeEnd(found.peer)} on ${describePorts(found.ports)}${asked} (${rule.path})`
}

/** One place in an object may make several rules, for HTTP and for what carries none. */
function findRule(compiled: CompiledPolicies, flow: Flow, { policy, path }: RuleRef): Rule | undefined {
  const rules = (policiesByKey(compiled).get(refKey(policy)) ?? [])
    .flatMap(({ blocks }) => blocks.flatMap(({ rules }) => rules))
    .filter((rule) => rule.path === path)
  return rules.find(({ request }) => !request || requestMatches(request, flow.request) !== no) ?? rules[0]
}

const known = new WeakMap<CompiledPolicies, ReadonlyMap<string, readonly Policy[]>>()

function policiesByKey(compiled: CompiledPolicies): ReadonlyMap<string, readonly Policy[]> {
  const had = known.get(compiled)
  if (had) return had
  const made = new Map<string, readonly Policy[]>()
  for (const policy of compiled.policies)
    made.set(refKey(policy.ref), [...(made.get(refKey(policy.ref)) ?? []), policy])
  known.set(compiled, made)
  return made
}
