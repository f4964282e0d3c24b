import { anyLabels } from './label-match'
import { anything, type EndMatch, namespaceNamed } from './end-match'
import type { Block, Direction, Policy, PolicyRef, Rule } from './normal-form'
import { policyName } from './policy-name'
import type { Problem } from './problem'
import { adminTier } from './tiers'

/** What an object that cannot be read may do: anything, to every pod of its namespace or of the cluster. */
export function unreadPolicy(ref: PolicyRef, problems: readonly Problem[]): Policy {
  const [first] = problems
  const subject: EndMatch =
    ref.namespace === null
      ? { is: 'place', places: ['workload'] }
      : { is: 'workload', namespace: namespaceNamed(ref.namespace), labels: anyLabels }
  const rule: Rule = {
    action: 'unknown',
    path: first?.path ?? '',
    peer: anything,
    ports: null,
    doubt: `${policyName(ref)} cannot be read${first ? ` (${first.path} ${first.reason})` : ''}`,
  }
  const block = (direction: Direction): Block => ({
    direction,
    tier: adminTier.name,
    order: -1,
    subject,
    isolates: false,
    rules: [rule],
  })
  return { ref, mode: 'enforced', replaces: null, blocks: [block('ingress'), block('egress')], tiers: [] }
}
