import type { EndMatch } from '../end-match'
import { describePorts } from '../describe-match'
import { policyName } from '../policy-name'
import type { LabelMatch } from '../label-match'
import type { Policy, Rule } from '../normal-form'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'

type Breadth = 'everyone' | 'every-pod' | 'every-address'

export const allowsEveryone: LintRule = {
  name: 'allows-everyone',
  about:
    'A rule allows everybody, in the cluster and outside, on every port (`ingress: [{}]`, an empty list of peers).',
  find: wide('everyone'),
}

export const allowsEveryPod: LintRule = {
  name: 'allows-every-pod',
  about: 'A peer is every pod of every namespace (`namespaceSelector: {}`).',
  find: wide('every-pod'),
}

export const allowsEveryAddress: LintRule = {
  name: 'allows-every-address',
  about: 'A peer is every address (`0.0.0.0/0` or `::/0` without exceptions), beside which narrower peers say nothing.',
  find: wide('every-address'),
}

function wide(breadth: Breadth) {
  return ({ policies }: LintContext): readonly Found[] =>
    policies.flatMap(({ policy, object }) =>
      object === null
        ? []
        : policy.blocks.flatMap(({ direction, rules, tier }) =>
            rules
              .filter(({ action, request }) => action === 'allow' && !request && tier !== 'linkerd')
              .filter((rule) => breadthOf(rule.peer) === breadth)
              .filter((rule) => breadth !== 'every-pod' || direction === 'ingress' || rule.ports === null)
              .map((rule) => finding(breadth, policy, rule, direction === 'ingress', rules.length)),
          ),
    )
}

function finding(breadth: Breadth, { ref }: Policy, rule: Rule, ingress: boolean, rules: number): Found {
  const where = `Rule ${rule.path} of ${policyName(ref)}`
  const does = ingress ? 'lets in' : 'lets out to'
  const ports = describePorts(rule.ports)
  const who = {
    everyone: 'everybody, in the cluster and outside of it',
    'every-pod': 'every pod of every namespace',
    'every-address': 'every address of a family, of pods too where the CNI compares these',
  }[breadth]
  const makesIdle = breadth === 'everyone' && rule.ports === null && rules > 1
  const besides = makesIdle ? ' Its other rules in this direction change nothing.' : ''
  return {
    severity: makesIdle || (ingress && rule.ports === null && breadth !== 'every-pod') ? 'warning' : 'info',
    policy: ref,
    path: rule.path,
    message: `${where} ${does} ${who}, on ${ports}.${besides}`,
    remedy: `If that is not meant, name the ${ingress ? 'callers' : 'callees'} by labels, or the ports.`,
  }
}

/** null: it leaves some out. */
export function breadthOf(match: EndMatch): Breadth | null {
  switch (match.is) {
    case 'anything':
      return 'everyone'
    case 'workload':
      return anyNamespace(match.namespace) && match.labels.op === 'any' ? 'every-pod' : null
    case 'place':
      return match.places.includes('workload') ? 'every-pod' : null
    case 'address':
      return match.except.length === 0 && match.cidrs.some((cidr) => /^(?:0\.0\.0\.0|::)\/0$/.test(cidr))
        ? 'every-address'
        : null
    case 'some':
      return widest(match.of.map(breadthOf))
    case 'every': {
      const all = match.of.map(breadthOf)
      return all.includes(null) ? null : (all.find((one) => one !== 'everyone') ?? 'everyone')
    }
    default:
      return null
  }
}

const widest = (all: readonly (Breadth | null)[]): Breadth | null =>
  (['everyone', 'every-address', 'every-pod'] as const).find((breadth) => all.includes(breadth)) ?? null

const anyNamespace = (match: Extract<EndMatch, { is: 'workload' }>['namespace']): boolean =>
  match.by === 'any' || (match.by === 'labels' && isAny(match.labels))

const isAny = (labels: LabelMatch): boolean => labels.op === 'any'
