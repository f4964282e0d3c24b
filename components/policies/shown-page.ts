import type { PoliciesPage, PolicyRow } from '@/core/policy/pages/policies-page'

/** How far back a policy is looked for that did nothing, milliseconds. */
export const usageMs = 14 * 86_400_000

/** When a policy decided last, and in how long a time that is known to be so, milliseconds. `last` null: never in it. */
export type Usage = { readonly last: number | null; readonly span: number }

/** A policy with how long it has been idle; `usage` null: not known yet, or not known to who does not see all. */
export type ShownPolicy = PolicyRow & {
  readonly usage: Usage | null
  /** It may have decided traffic of which an end may not be seen: no count of it is no zero. */
  readonly unknownUse: boolean
  /** It may select workloads that may not be seen. */
  readonly unknownSelects: boolean
}
export type ShownPage = Omit<PoliciesPage, 'policies'> & { readonly policies: readonly ShownPolicy[] }

/**
 * The page with the usage of each policy, out of the answer about a longer time. `since`: when anything was recorded
 * first, milliseconds; what nobody watched tells nothing.
 */
export function shownPage(page: PoliciesPage, long: PoliciesPage | undefined, since: number | null): ShownPage {
  const used = new Map((long?.cluster === page.cluster ? long.policies : []).map((row) => [row.key, row]))
  const seen = new Set(page.workloads.map(({ namespace }) => namespace))
  const from = long ? Math.max(long.period.from, since ?? long.period.from) : 0
  return {
    ...page,
    policies: page.policies.map((row): ShownPolicy => {
      const over = used.get(row.key)
      const unknown = {
        unknownUse: page.hidesNamespaces && row.hits.edges === 0 && !over?.hits.edges,
        unknownSelects: page.hidesNamespaces && !seen.has(row.ref.namespace ?? ''),
      }
      if (!over || !long || unknown.unknownUse) return { ...row, ...unknown, usage: null }
      const last = Math.max(over.hits.lastUsed ?? 0, row.hits.lastUsed ?? 0)
      return {
        ...row,
        ...unknown,
        usage: { last: last || null, span: Math.max(0, long.period.to - Math.max(from, row.createdAt)) },
      }
    }),
  }
}

/** It would decide something, and did not as long as it is known. What decides nothing by itself, or is only staged, is not called unused. */
export const isUnused = ({ layer, mode, hits, unreadable, usage }: ShownPolicy): boolean =>
  layer !== 'none' &&
  mode === 'enforced' &&
  unreadable === null &&
  hits.edges === 0 &&
  usage !== null &&
  usage.last === null
