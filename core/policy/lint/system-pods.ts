import { policyName } from '../policy-name'
import type { LintRule } from './finding'
import { count, workloadNames } from './words'

const system = ['kube-system', 'calico-system', 'tigera-operator', 'cilium']

export const systemPods: LintRule = {
  name: 'system-pods',
  about: 'A policy of the cluster isolates pods of the system beside others, for example DNS (`selector: all()`).',
  find: (context) =>
    context.policies.flatMap(({ policy: { ref, blocks }, object }) => {
      if (object === null || ref.namespace !== null) return []
      const isolated = context.workloads(
        new Set(blocks.flatMap((block) => (block.isolates ? context.subjects(block) : []))),
      )
      const own = isolated.filter(({ namespace }) => system.includes(namespace))
      if (own.length === 0 || own.length === isolated.length) return []
      return [
        {
          severity: 'warning' as const,
          policy: ref,
          path: null,
          message: `${policyName(ref)} isolates ${count(own.length, 'workload')} of the system too (${workloadNames(own)}), so that only what policies allow reaches them or leaves them.`,
          remedy: 'Leave namespaces of the system out of its selector, or allow what they need.',
        },
      ]
    }),
}
