import { policyName, shownKind } from '../policy-name'
import type { Direction, Policy } from '../normal-form'
import { field, itemsAt, type Reader, readerOf } from '../read'
import type { Found, LintRule } from './finding'

export const typesAndRules: LintRule = {
  name: 'types-and-rules',
  about:
    'Types and rules do not fit: rules of a direction that is not among the types, or a direction isolated without a rule.',
  find: ({ policies }) =>
    policies.flatMap(({ policy, object }) => {
      const types = object && typesField(shownKind(policy.ref))
      if (!types) return []
      const spec = field(readerOf(object), 'spec')
      return (['ingress', 'egress'] as const).flatMap((direction) => findingAt(policy, spec, types, direction))
    }),
}

const typesField = (kind: string): 'policyTypes' | 'types' | null => {
  if (kind === 'NetworkPolicy' || kind === 'StagedKubernetesNetworkPolicy') return 'policyTypes'
  return /^(?:Calico|Global|Staged|StagedGlobal)NetworkPolicy$/.test(kind) ? 'types' : null
}

const otherOf = { ingress: 'egress', egress: 'ingress' } as const
const typeOf = { ingress: 'Ingress', egress: 'Egress' } as const

function findingAt({ ref, blocks }: Policy, spec: Reader, types: string, direction: Direction): readonly Found[] {
  const rules = (way: Direction) => (itemsAt(field(spec, way)) ?? []).length
  const given = (itemsAt(field(spec, types)) ?? []).map(({ value }) => value)
  const common = { policy: ref, path: `spec.${direction}` }
  if (given.length > 0 && !given.includes(typeOf[direction]) && rules(direction) > 0)
    return [
      {
        ...common,
        severity: 'error',
        message: `${policyName(ref)} has rules for ${direction}, and they are ignored: ${types} names ${given.join(' and ')} only.`,
        remedy: `Add ${typeOf[direction]} to ${types}, which then denies all other ${direction}, or remove the rules.`,
      },
    ]
  const isolates = (way: Direction) => blocks.some((block) => block.direction === way && block.isolates)
  const other = otherOf[direction]
  if (!isolates(direction) || rules(direction) > 0 || !isolates(other) || rules(other) === 0) return []
  const byDefault = given.length === 0
  return [
    {
      ...common,
      severity: byDefault ? 'warning' : 'info',
      message: byDefault
        ? `${policyName(ref)} has no ${types}, so it is about ${direction} too: it allows no ${direction} at all.`
        : `${policyName(ref)} names ${typeOf[direction]} among its ${types} and has no rule for it, so it allows no ${direction} at all.`,
      remedy: byDefault
        ? `Write ${types}: [${typeOf[other]}] if it is about ${other} only.`
        : `Remove ${typeOf[direction]} from ${types} if that is not meant.`,
    },
  ]
}
