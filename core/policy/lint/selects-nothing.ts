import type { EndMatch } from '../end-match'
import { describeEnd } from '../describe-match'
import { policyName } from '../policy-name'
import type { Policy } from '../normal-form'
import type { LintContext } from './context'
import type { LintRule } from './finding'
import { count } from './words'

export const selectsNothing: LintRule = {
  name: 'selects-nothing',
  about: 'No workload is selected, so the policy does nothing now.',
  find: (context) => {
    if (context.table.workloads.length === 0) return []
    return context.policies.flatMap(({ policy }) => {
      const { ref, blocks } = policy
      if (context.hides && (ref.namespace === null || !context.compiled.catalogue.namespace(ref.namespace))) return []
      if (blocks.length === 0 || blocks.some((block) => context.subjects(block).length > 0)) return []
      return [
        {
          severity: 'warning' as const,
          policy: ref,
          path: null,
          message: `${policyName(ref)} selects no workload that is there now: ${whyNone(context, policy)}.`,
          remedy: 'Compare its selector with the labels of the pods that are meant, or delete it.',
        },
      ]
    })
  },
}

function whyNone(context: LintContext, { ref, blocks }: Policy): string {
  const { namespaces, workloads } = context.compiled.catalogue.model
  const { namespace } = ref
  if (namespace !== null && !namespaces.some(({ name }) => name === namespace))
    return `there is no namespace ${namespace}`
  if (namespace !== null && !workloads.some((one) => one.namespace === namespace))
    return `there are no pods in namespace ${namespace}`
  const [block] = blocks
  if (!block) return 'it says nothing of pods'
  const mesh = meshOf(block.subject)
  if (mesh) {
    const pods = context.matching(withoutMesh(block.subject)).may
    const without = context.workloads(workloads.keys()).filter((_, i) => ((pods[i >>> 5] ?? 0) >>> (i & 31)) & 1)
    if (without.length > 0)
      return `it fits ${count(without.length, 'workload')} without a proxy of ${mesh === 'istio' ? 'Istio' : 'Linkerd'}`
  }
  return `it is about ${describeEnd(block.subject)}`
}

/** The mesh that pods must be in to be selected. */
function meshOf(match: EndMatch): 'istio' | 'linkerd' | null {
  if (match.is === 'mesh') return match.mesh
  return match.is === 'every' ? (match.of.map(meshOf).find((mesh) => mesh !== null) ?? null) : null
}

const withoutMesh = (match: EndMatch): EndMatch =>
  match.is === 'every'
    ? { is: 'every', of: match.of.filter(({ is }) => is !== 'mesh').map(withoutMesh) }
    : match.is === 'mesh'
      ? { is: 'anything' }
      : match
