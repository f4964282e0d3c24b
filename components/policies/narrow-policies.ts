import type { WorkloadCover } from '@/core/policy/pages/policies-page'
import { shownKind } from '@/core/policy/policy-name'
import { tierName } from '@/core/policy/tier-name'
import { ownerWord, ownerWords } from './policy-words'
import { isUnused, type ShownPolicy } from './shown-page'

/** What a policy does or lacks, by which the list is narrowed. */
export const policyStates = ['used', 'unused', 'denying', 'staged', 'findings', 'unreadable'] as const
export type PolicyState = (typeof policyStates)[number]

export const stateWords: Readonly<Record<PolicyState, string>> = {
  used: 'Used',
  unused: 'Unused',
  denying: 'Denies traffic',
  staged: 'Staged',
  findings: 'With findings',
  unreadable: 'Cannot be read',
}

const isState = (text: string | null): text is PolicyState => policyStates.some((state) => state === text)

/** What the list is narrowed to; null and '' narrow nothing. */
export type Narrowing = {
  readonly find: string
  readonly kind: string | null
  readonly ns: string | null
  readonly owner: string | null
  readonly state: string | null
}

/** Stands for the namespace of what has none. */
export const clusterWide = '-'

export const nsOf = ({ ref }: Pick<ShownPolicy, 'ref'>): string => ref.namespace ?? clusterWide

const has: Readonly<Record<PolicyState, (row: ShownPolicy) => boolean>> = {
  used: ({ hits }) => hits.edges > 0,
  unused: isUnused,
  denying: ({ hits }) => hits.denied > 0,
  staged: ({ mode }) => mode === 'staged',
  findings: ({ findings }) => findings.length > 0,
  unreadable: ({ unreadable }) => unreadable !== null,
}

export type Facet = Exclude<keyof Narrowing, 'find'>

const facetTests: Readonly<Record<Facet, (row: ShownPolicy, value: string) => boolean>> = {
  kind: ({ ref }, value) => shownKind(ref) === value,
  ns: (row, value) => nsOf(row) === value,
  owner: ({ owner }, value) => ownerWord(owner) === value,
  state: (row, value) => !isState(value) || has[value](row),
}
const facets = Object.keys(facetTests) as Facet[]

/** The policies that hold every word and are of every chosen facet. `except`: a facet that is not looked at. */
export function narrowPolicies(
  rows: readonly ShownPolicy[],
  workloads: readonly WorkloadCover[],
  narrowing: Narrowing,
  except: Facet | null = null,
): readonly ShownPolicy[] {
  const words = narrowing.find.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    const text = words.length > 0 ? textOf(row, workloads) : ''
    if (!words.every((word) => text.includes(word))) return false
    return facets.every((facet) => {
      const value = narrowing[facet]
      return value === null || facet === except || facetTests[facet](row, value)
    })
  })
}

/** All that a policy is found by: its names, its tiers, its owner and the workloads that it selects. */
function textOf({ key, name, places, owner, selects }: ShownPolicy, workloads: readonly WorkloadCover[]): string {
  const selected = selects.flatMap((at) => {
    const workload = workloads[at]
    return workload ? [`${workload.namespace}/${workload.name}`] : []
  })
  return [key, name, ...places.map(({ tier }) => tierName(tier)), ownerWords(owner), ...selected]
    .join(' ')
    .toLowerCase()
}

/** A choice of a facet, with how many policies it would leave. */
export type FacetChoice = { readonly value: string; readonly count: number }

/** The choices of every facet, each counted among what all other facets leave, by name. */
export function facetChoices(
  rows: readonly ShownPolicy[],
  workloads: readonly WorkloadCover[],
  narrowing: Narrowing,
): Readonly<Record<Facet, readonly FacetChoice[]>> {
  const of = (facet: Facet, values: (row: ShownPolicy) => readonly string[]): FacetChoice[] => {
    const counts = new Map<string, number>()
    for (const row of rows) for (const value of values(row)) counts.set(value, 0)
    for (const row of narrowPolicies(rows, workloads, narrowing, facet))
      for (const value of values(row)) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => (a.value < b.value ? -1 : 1))
  }
  const states = of('state', (row) => policyStates.filter((state) => has[state](row)))
  return {
    kind: of('kind', ({ ref }) => [shownKind(ref)]),
    ns: of('ns', (row) => [nsOf(row)]),
    owner: of('owner', ({ owner }) => [ownerWord(owner)]),
    state: policyStates.flatMap((state) => states.filter(({ value }) => value === state)),
  }
}
