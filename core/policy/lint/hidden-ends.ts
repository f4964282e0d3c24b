import type { EndMatch } from '../end-match'
import type { LintRuleName } from './finding'

/** Rules that conclude from what is not there: who does not see every namespace cannot conclude so. */
const concluding: ReadonlySet<LintRuleName> = new Set([
  'unreachable',
  'shadowed',
  'redundant',
  'address-of-nothing',
  'missing-reference',
  'staged-without-target',
])

export const needsEverybody = (rule: LintRuleName): boolean => concluding.has(rule)

/** Whether pods of namespaces that are not known may match; only names of namespaces rule that out. */
export function mayBeHidden(match: EndMatch, isKnown: (namespace: string) => boolean): boolean {
  switch (match.is) {
    case 'workload':
    case 'account':
      return match.namespace.by !== 'name' || match.namespace.names.some((name) => !isKnown(name))
    case 'every':
      return match.of.every((part) => mayBeHidden(part, isKnown))
    case 'some':
      return match.of.some((part) => mayBeHidden(part, isKnown))
    case 'nothing':
      return false
    default:
      return true
  }
}
