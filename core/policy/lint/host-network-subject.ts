import { policyName } from '../policy-name'
import type { End } from '../decision'
import type { EndMatch } from '../end-match'
import { endMatches } from '../match-end'
import { sightOf } from '../select-blocks'
import { yes } from '../tri'
import type { LintRule } from './finding'
import { workloadNames } from './words'

export const hostNetworkSubject: LintRule = {
  name: 'host-network-subject',
  about: 'The selector fits pods on the network of their node, which policies of pods do not, or may not, govern.',
  find: ({ compiled, policies, table }) => {
    const hosts = table.workloads.filter(({ hostNetwork }) => hostNetwork)
    return policies.flatMap(({ policy, object }) => {
      const { ref, blocks } = policy
      // Policies of the cluster fit such pods by the way.
      if (object === null || ref.namespace === null || hosts.length === 0) return []
      const fitting = hosts.filter((workload) => {
        const asPod: End = { type: 'workload', workload: { ...workload, hostNetwork: false } }
        const sight = { ...sightOf(compiled, workload), doubt: () => {} }
        return blocks.some(({ subject }) => endMatches(subject, asPod, sight) === yes)
      })
      if (fitting.length === 0) return []
      const open = compiled.habits.selectsHostNetwork === 'open'
      return [
        {
          severity: blocks.every(({ subject }) => isWide(subject)) ? ('info' as const) : ('warning' as const),
          policy: ref,
          path: null,
          message: `${policyName(ref)} fits pods on the network of their node (${workloadNames(fitting)}), and it ${
            open ? 'may not govern them: CNIs differ' : 'does not govern them'
          }.`,
          remedy: 'Guard them by policies of nodes, or give them a network of their own.',
        },
      ]
    })
  },
}

const isWide = (subject: EndMatch): boolean => subject.is === 'workload' && subject.labels.op === 'any'
