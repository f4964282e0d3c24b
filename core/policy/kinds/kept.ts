import type { ModelCatalogue } from '../catalogue'
import type { Meaning } from '../kind'
import type { Policy } from '../normal-form'

/**
 * Makes a meaning give the same Policy again as long as nothing changed that it may look at, so that an edit of
 * another object costs little. @param referredTo kinds of objects that such a policy refers to
 */
export function keptAmong(referredTo: readonly string[]): (meaning: Meaning) => Meaning {
  const compared = new WeakMap<ModelCatalogue, { readonly before: ModelCatalogue; readonly alike: boolean }>()
  /** All policies ask the same of the same two, so that it is found once. */
  const looksAlike = (before: ModelCatalogue, now: ModelCatalogue): boolean => {
    const known = compared.get(now)
    if (known?.before === before) return known.alike
    const alike = before === now || sameParts(before, now, referredTo)
    compared.set(now, { before, alike })
    return alike
  }
  return (meaning) => {
    let last: { readonly catalogue: ModelCatalogue; readonly policy: Policy } | null = null
    return (catalogue) => {
      const policy = last && looksAlike(last.catalogue, catalogue) ? last.policy : meaning(catalogue)
      last = { catalogue, policy }
      return policy
    }
  }
}

const parts = ['workloads', 'namespaces', 'services', 'serviceAccounts', 'nodes'] as const

const sameParts = (a: ModelCatalogue, b: ModelCatalogue, referredTo: readonly string[]): boolean =>
  parts.every((part) => a.model[part] === b.model[part]) &&
  referredTo.every((kind) => sameItems(a.objects(kind), b.objects(kind)))

const sameItems = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, i) => item === b[i])
