import { describeEnd } from '../describe-match'
import type { EndMatch } from '../end-match'
import { policyName, shownKind } from '../policy-name'
import { isEmptyBits } from '../index/bitset'
import type { Policy, Rule } from '../normal-form'
import type { LintContext } from './context'
import { mayBeHidden } from './hidden-ends'
import type { Found, LintRule } from './finding'

export const peerMatchesNothing: LintRule = {
  name: 'peer-matches-nothing',
  about: 'A peer matches no pod, node or address there is: a label or a namespace is likely mistyped or not there yet.',
  find: (context) => {
    if (context.table.workloads.length === 0) return []
    const isKnown = (name: string) => context.compiled.catalogue.namespace(name) !== undefined
    return context.policies.flatMap(({ policy, object }) => {
      if (object === null) return []
      const found = policy.blocks.flatMap((block) => {
        const [subject] = context.workloads(context.subjects(block))
        if (!subject) return []
        return block.rules.flatMap((rule) =>
          partsOf(rule)
            .map((part, i) => ({ part, i }))
            .filter(({ part }) => !context.hides || !mayBeHidden(part, isKnown))
            .filter(({ part }) => isAboutPods(part) && isEmptyBits(context.matching(part, subject).may))
            .map(({ part, i }) => finding(context, policy, rule, part, pathOf(policy, block.direction, rule, i))),
        )
      })
      return [...new Map(found.map((one) => [`${one.path} ${one.message}`, one])).values()]
    })
  },
}

const partsOf = ({ peer }: Rule): readonly EndMatch[] => (peer.is === 'some' ? peer.of : [peer])

/** Whom a mesh knows by name is looked for elsewhere; addresses are always somebody's. */
function isAboutPods(match: EndMatch): boolean {
  switch (match.is) {
    case 'workload':
    case 'account':
      return true
    case 'every':
      return match.of.some(isAboutPods) && !match.of.some(({ is }) => is === 'identity')
    case 'some':
      return match.of.length > 0 && match.of.every(isAboutPods)
    default:
      return false
  }
}

/** Kinds of Kubernetes keep their peers in a list, one for one. */
function pathOf({ ref }: Policy, direction: 'ingress' | 'egress', { path, peer }: Rule, i: number): string {
  const listed = ['NetworkPolicy', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy']
  return listed.includes(shownKind(ref)) && peer.is === 'some'
    ? `${path}.${direction === 'ingress' ? 'from' : 'to'}[${i}]`
    : path
}

function finding({ compiled }: LintContext, { ref }: Policy, rule: Rule, part: EndMatch, path: string): Found {
  const missing = namespacesIn(part).filter((name) => !compiled.catalogue.namespace(name))
  const why =
    missing.length > 0
      ? `there is no namespace ${missing.join(' or ')}`
      : `nothing that is there now is ${describeEnd(part)}`
  const effect = { allow: 'lets nobody pass', deny: 'denies nobody', pass: 'passes nobody on' }
  const does = rule.action === 'allow' || rule.action === 'deny' || rule.action === 'pass' ? effect[rule.action] : null
  return {
    severity: 'warning',
    policy: ref,
    path,
    message: `A peer of ${policyName(ref)} ${does ?? 'matches nobody'}: ${why}.`,
    remedy: 'Compare labels and namespace with what runs; pods on the network of their node may not count as pods.',
  }
}

function namespacesIn(match: EndMatch): readonly string[] {
  if (match.is === 'every') return match.of.flatMap(namespacesIn)
  return match.is === 'workload' && match.namespace.by === 'name' ? match.namespace.names : []
}
