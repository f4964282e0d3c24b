import { policyName } from '../policy-name'
import { list } from '../describe-match'
import type { End } from '../decision'
import { endName } from '../explain'
import type { Workload } from '../model'
import type { RuleRef } from '../decision'

const shown = 3

/** `a, b and c`, or the first three and how many more. */
export function some(names: readonly string[]): string {
  if (names.length <= shown) return list(names, 'and')
  return `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`
}

export const workloadName = ({ namespace, name }: Pick<Workload, 'namespace' | 'name'>): string =>
  `${namespace}/${name}`

export const workloadNames = (workloads: readonly Workload[]): string => some(workloads.map(workloadName))

/** `1 workload`, `12 workloads`. */
export const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`

/** `NetworkPolicy shop/web (spec.ingress[0])`. */
export const ruleName = ({ policy, path }: RuleRef): string => `${policyName(policy)} (${path})`

export const endsNames = (ends: readonly End[]): string => some(ends.map(endName))
