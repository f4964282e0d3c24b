import type { BoardTier } from '@/core/policy/pages/policies-page'
import { shownKind } from '@/core/policy/policy-name'
import { tierName } from '@/core/policy/tier-name'
import type { Sort } from '../ui/table-head'
import { nsOf } from './narrow-policies'
import { ownerWord } from './policy-words'
import { placeOrder, tierOf } from './place-of'
import type { ShownPolicy } from './shown-page'

type Key = string | number | null

/** What each sortable column compares; null is unknown and comes last either way. `place`: in the order of reading. */
const sortKeys: Readonly<Record<string, (row: ShownPolicy) => Key>> = {
  name: ({ ref }) => `${ref.name}/${ref.namespace ?? ''}`,
  kind: ({ ref }) => shownKind(ref),
  namespace: (row) => nsOf(row),
  place: () => null,
  selects: ({ selects }) => selects.length,
  allowed: ({ hits }) => hits.allowed,
  denied: ({ hits }) => hits.denied,
  last: ({ hits }) => hits.lastUsed,
  findings: ({ findings }) => findings.length,
  owner: ({ owner }) => ownerWord(owner),
  changed: ({ changedAt }) => changedAt,
}
const namesFirst = ['name', 'kind', 'namespace', 'place', 'owner']

/** `-denied` is descending; an unknown column is the order of reading. */
export function parsePolicySort(text: string): Sort {
  const id = text.replace(/^-/, '')
  if (!Object.hasOwn(sortKeys, id)) return { id: 'place', direction: 'ascending' }
  return { id, direction: text.startsWith('-') ? 'descending' : 'ascending' }
}

/** What a press on a head makes of the sort: figures start with the largest, names with A; a second press turns it round. */
export function nextPolicySort(sort: Sort, id: string): string {
  if (sort.id !== id) return namesFirst.includes(id) ? id : `-${id}`
  return sort.direction === 'descending' ? id : `-${id}`
}

/** Sorted copy; ties go by place and then by name, so that the order never flickers. */
export function sortPolicies(rows: readonly ShownPolicy[], sort: Sort, tiers: readonly BoardTier[]): ShownPolicy[] {
  const key = sortKeys[sort.id] ?? (() => null)
  const sign = sort.direction === 'ascending' ? 1 : -1
  const byPlace = placeOrder(tiers)
  return rows.toSorted(
    (a, b) =>
      (sort.id === 'place' ? sign * byPlace(a, b) : compare(key(a), key(b), sign) || byPlace(a, b)) ||
      compare(nameKey(a), nameKey(b), 1),
  )
}

const nameKey = ({ ref, key }: ShownPolicy) => `${ref.namespace ?? ''}/${ref.name} ${key}`

function compare(a: Key, b: Key, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)
}

/** A line of the list: a policy, or the head of its namespace or tier. */
export type PolicyLine =
  | { readonly type: 'policy'; readonly row: ShownPolicy }
  | { readonly type: 'head'; readonly key: string; readonly label: string; readonly count: number }

/** Sorted rows under a head for each namespace or tier. Heads come in the order of their first row. */
export function groupPolicies(
  rows: readonly ShownPolicy[],
  by: 'namespace' | 'tier',
  tiers: readonly BoardTier[],
): readonly PolicyLine[] {
  const groups = new Map<string, ShownPolicy[]>()
  for (const row of rows) {
    const key = (by === 'tier' ? tierOf(row, tiers) : row.ref.namespace) ?? ''
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  const labelOf = (key: string) => {
    if (by === 'tier') return key === '' ? 'in no tier' : `Tier ${tierName(key)}`
    return key === '' ? 'the whole cluster' : key
  }
  return [...groups].flatMap(([key, group]): PolicyLine[] => [
    { type: 'head', key: `head ${key}`, label: labelOf(key), count: group.length },
    ...group.map((row): PolicyLine => ({ type: 'policy', row })),
  ])
}
