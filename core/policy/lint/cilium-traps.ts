import { policyName } from '../policy-name'
import { field, isFields, itemsAt, type Reader } from '../read'
import type { LintContext } from './context'
import type { LintRule } from './finding'
import { mapsIn, type WrittenPolicy, written } from './objects'
import { count, workloadNames } from './words'

const policiesOf = (context: LintContext): readonly WrittenPolicy[] =>
  written(context, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy')

const specsOf = (at: Reader): readonly Reader[] => [field(at, 'spec'), ...(itemsAt(field(at, 'specs')) ?? [])]

export const emptyRuleDenies: LintRule = {
  name: 'empty-rule-denies',
  about: 'An empty rule of Cilium (`ingress: [{}]`) allows nobody, unlike one of Kubernetes.',
  find: (context) =>
    policiesOf(context).flatMap(({ policy: { ref }, at }) =>
      specsOf(at).flatMap((spec) =>
        (['ingress', 'egress'] as const).flatMap((direction) =>
          (itemsAt(field(spec, direction)) ?? []).flatMap((rule) =>
            isFields(rule.value) && Object.keys(rule.value).length === 0
              ? [
                  {
                    severity: 'info' as const,
                    policy: ref,
                    path: rule.path,
                    message: `An empty rule of ${policyName(ref)} allows no ${direction}: it isolates the pods and nothing more.`,
                    remedy: `If all ${direction} is meant, write ${direction === 'ingress' ? 'fromEntities' : 'toEntities'}: [all].`,
                  },
                ]
              : [],
          ),
        ),
      ),
    ),
}

export const namesWithoutDnsRule: LintRule = {
  name: 'names-without-dns-rule',
  about: 'Cilium allows names (`toFQDNs`) for pods of which no rule lets it see the DNS answers (`rules.dns`).',
  find: (context) => {
    const all = policiesOf(context).map(({ policy, at }) => ({ policy, maps: mapsIn(at) }))
    const subjects = ({ policy }: (typeof all)[number]) =>
      policy.blocks.flatMap((block) => (block.direction === 'egress' ? context.subjects(block) : []))
    const seen = new Set(all.filter(({ maps }) => maps.some(hasDnsRule)).flatMap(subjects))
    return all.flatMap((one) => {
      const names = one.maps.find((map) => (itemsAt(field(map, 'toFQDNs')) ?? []).length > 0)
      const blind = context.workloads(new Set(subjects(one).filter((i) => !seen.has(i))))
      if (!names || blind.length === 0) return []
      const { ref } = one.policy
      return [
        {
          severity: 'warning' as const,
          policy: ref,
          path: names.path,
          message: `${policyName(ref)} allows names, and no rule lets Cilium see what DNS answers to ${count(blind.length, 'workload')} (${workloadNames(blind)}): the names match no address.`,
          remedy: 'Add an egress rule to the DNS pods on port 53 with rules: dns: [{matchPattern: "*"}].',
        },
      ]
    })
  },
}

const hasDnsRule = (map: Reader): boolean => (itemsAt(field(field(map, 'rules'), 'dns')) ?? []).length > 0
