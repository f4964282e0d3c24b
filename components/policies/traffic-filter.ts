import type { FilterTerm } from '@/core/filter/filter-ast'
import { serialiseFilter } from '@/core/filter/filter-serialise'
import type { ShownPage, ShownPolicy } from './shown-page'

/** More names would not be read. */
const mostNames = 12

/** A filter for the traffic that a policy is about; null where it selects nobody, or so many that nobody would read it. */
export function trafficFilter(
  { places, selects }: ShownPolicy,
  { workloads }: Pick<ShownPage, 'workloads'>,
): string | null {
  const has = (direction: 'ingress' | 'egress') => places.some((place) => place.direction === direction)
  const field: FilterTerm['field'] = has('ingress') ? (has('egress') ? 'name' : 'to') : 'from'
  const selected = selects.flatMap((at) => workloads[at] ?? [])
  const names = [...new Set(selected.map(({ namespace, name }) => (field === 'name' ? name : `${namespace}/${name}`)))]
  const namespaces = [...new Set(selected.map(({ namespace }) => namespace))]
  if (names.length === 0 || places.length === 0) return null
  if (names.length <= mostNames) return anyOf(names.map((value) => ({ type: 'term', field, op: '=', value })))
  if (namespaces.length > mostNames) return null
  const side = field === 'name' ? {} : { side: field === 'to' ? ('to' as const) : ('from' as const) }
  return anyOf(namespaces.map((value) => ({ type: 'term', field: 'ns', ...side, op: '=', value })))
}

/** Of one field, so that they are a list. */
const anyOf = (terms: readonly FilterTerm[]): string => serialiseFilter({ type: 'or', of: terms })
