import { anyLabels } from './label-match'
import { anything, type EndMatch, namespaceNamed } from './end-match'
import type { KindMesh } from './kind'
import type { Block, Policy, PolicyRef, Rule } from './normal-form'
import { policyName } from './policy-name'
import type { PortMatch } from './ports'
import type { Problem } from './problem'
import { adminTier, istioMtlsTier, linkerdTier } from './tiers'

/** Before all policies that can be read, in the first tier of their layer. */
export const unreadOrder = -1

/**
 * What an object that cannot be read may do in its layer: anything, to every pod of its namespace, or of the cluster
 * where it has none. Of a mesh: to the TCP that pods with a proxy take in.
 */
export function unreadPolicy(ref: PolicyRef, problems: readonly Problem[], mesh: KindMesh | null): Policy {
  const [first] = problems
  const pods: EndMatch =
    ref.namespace === null || ref.namespace === mesh?.root
      ? { is: 'place', places: ['workload'] }
      : { is: 'workload', namespace: namespaceNamed(ref.namespace), labels: anyLabels }
  const rule: Rule = {
    action: 'unknown',
    path: first?.path ?? '',
    peer: anything,
    ports: mesh ? allTcp : null,
    doubt: `${policyName(ref)} cannot be read${first ? ` (${first.path} ${first.reason})` : ''}`,
  }
  const block = { order: unreadOrder, isolates: false, rules: [rule] }
  const blocks: readonly Block[] = mesh
    ? [
        {
          ...block,
          direction: 'ingress',
          tier: meshTiers[mesh.name].name,
          subject: { is: 'every', of: [pods, { is: 'mesh', mesh: mesh.name }] },
        },
      ]
    : (['ingress', 'egress'] as const).map((direction) => ({
        ...block,
        direction,
        tier: adminTier.name,
        subject: pods,
      }))
  return { ref, mode: 'enforced', replaces: null, blocks, tiers: [] }
}

const allTcp: PortMatch = { some: [{ protocol: 'TCP', port: 'any' }], none: [] }
const meshTiers = { istio: istioMtlsTier, linkerd: linkerdTier }
