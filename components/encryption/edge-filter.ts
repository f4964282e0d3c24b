import type { Edge } from '@/core/world'
import type { Endpoint } from '@/core/endpoint'
import type { Filter, FilterTerm } from '@/core/filter/filter-ast'
import { serialiseFilter } from '@/core/filter/filter-serialise'

const term = (field: FilterTerm['field'], value: string): FilterTerm => ({ type: 'term', field, op: '=', value })

const nameOf = ({ namespace, name }: Endpoint) => (namespace ? `${namespace}/${name}` : name)

/** The filter that finds an edge: `from:shop/web to:data/db port:5432`. */
export function edgeFilter({ from, to, port }: Pick<Edge, 'from' | 'to' | 'port'>): string {
  const of: Filter[] = [
    term('from', nameOf(from)),
    term('to', nameOf(to)),
    ...(port > 0 ? [term('port', String(port))] : []),
  ]
  return serialiseFilter({ type: 'and', of })
}
