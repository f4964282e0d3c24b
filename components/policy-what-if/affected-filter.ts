import type { Filter, FilterTerm } from '@/core/filter/filter-ast'
import { serialiseFilter } from '@/core/filter/filter-serialise'
import { type EdgeEffect, type EffectEnd, effectNames, type WhatIf } from '@/core/policy/what-if/answer'

/** More terms make a filter that nobody can read, and a long address. */
const mostEdges = 40

/** The filter of the affected edges, by which the map marks them among all others; '' where there are none. */
export function affectedFilter(effects: WhatIf['effects']): string {
  const edges = effectNames.flatMap((name) => (name === 'unaffected' ? [] : effects[name].shown)).slice(0, mostEdges)
  const callers = new Map<string, { readonly to: EdgeEffect; readonly from: Filter[] }>()
  for (const edge of edges) {
    const key = `${edge.to.type} ${edge.to.name} ${edge.port}`
    const group = callers.get(key) ?? { to: edge, from: [] }
    callers.set(key, group)
    group.from.push(endTerm('from', edge.from))
  }
  const parts = [...callers.values()].map(({ to, from }): Filter => {
    const port: readonly Filter[] = to.port === null ? [] : [term('port', String(to.port))]
    return { type: 'and', of: [anyOf(from), endTerm('to', to.to), ...port] }
  })
  return parts.length === 0 ? '' : serialiseFilter(anyOf(parts))
}

const anyOf = (of: readonly Filter[]): Filter => {
  const [only] = of
  return only && of.length === 1 ? only : { type: 'or', of }
}

const term = (field: FilterTerm['field'], value: string, side?: FilterTerm['side']): Filter => ({
  type: 'term',
  field,
  ...(side && { side }),
  op: '=',
  value,
})

const endTerm = (side: 'from' | 'to', { type, name }: EffectEnd): Filter =>
  type === 'unknown'
    ? term('kind', 'Unknown', side)
    : type === 'external' && name === 'outside'
      ? term('is', 'external', side)
      : term(side, name)
