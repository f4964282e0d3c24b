import type { EncryptionClass } from '@/core/encryption/classes'
import { type FigureOf } from '@/core/encryption/figure-of'
import type { Filter, FilterTerm } from '@/core/filter/filter-ast'
import { serialiseFilter } from '@/core/filter/filter-serialise'
import { outside } from '@/core/redact'

const term = (field: FilterTerm['field'], value: string, side?: FilterTerm['side']): FilterTerm => ({
  type: 'term',
  field,
  ...(side && { side }),
  op: '=',
  value,
})

/** Of no evidence the filter only knows edges that nothing tells of at all. */
const classTerm = (only: EncryptionClass): FilterTerm | null => (only === 'unknown' ? null : term('encrypted', only))

/** A group's id as a term: `demo/shop` is its namespace, `demo/` the machines of the cluster. */
function groupTerm(id: string, side?: 'from' | 'to'): FilterTerm | null {
  if (id === 'outside') return term('is', 'external', side)
  if (id === 'unknown') return term('is', 'unknown', side)
  if (id === 'hidden') return term('name', outside.name, side)
  const namespace = id.slice(id.lastIndexOf('/') + 1)
  return namespace === '' ? term('is', 'node', side) : term('ns', namespace, side)
}

/** The filter that shows the flows or edges of a figure, as near as the language can say it. */
export function figureFilter(of: FigureOf, only: EncryptionClass | null): string {
  const parts: (Filter | null)[] = only ? [classTerm(only)] : []
  if (of.type === 'group') parts.push(groupTerm(of.id))
  if (of.type === 'cluster') parts.push(term('cluster', of.id))
  if (of.type === 'team') parts.push(term('team', of.id))
  if (of.type === 'pair') parts.push(groupTerm(of.from, 'from'), groupTerm(of.to, 'to'))
  const terms = parts.filter((part) => part !== null)
  return terms.length === 0 ? '' : serialiseFilter({ type: 'and', of: terms })
}

/** What a figure is of: `namespace checkout`, `checkout → outside`. */
export function figureTitle(of: FigureOf): string {
  const name = (id: string) =>
    id === 'hidden'
      ? outside.name
      : id === 'outside' || id === 'unknown'
        ? id
        : id.endsWith('/')
          ? `nodes of ${id.slice(0, -1)}`
          : id.slice(id.indexOf('/') + 1)
  switch (of.type) {
    case 'all':
      return 'All traffic'
    case 'group':
      return of.id.includes('/') && !of.id.endsWith('/') ? `Namespace ${name(of.id)}` : name(of.id)
    case 'pair':
      return `${name(of.from)} → ${name(of.to)}`
    default:
      return `${of.type === 'team' ? 'Team' : 'Cluster'} ${of.id}`
  }
}
