import type { Filter, FilterField, FilterTerm } from '../filter/filter-ast'
import { type FilterFacts, noFacts } from '../filter/filter-facts'
import { compileEdgeFilter } from '../filter/filter-match'
import { linePatterns } from '../filter/filter-operation'
import { filterForRecords } from '../filter/filter-record'
import { compileGlob, statusRange } from '../filter/filter-value'
import type { Edge, Facet } from '../world'

/** What a raw record must be, in the columns that it is stored with. A record without a status is in no range of them. */
export type FlowCondition =
  | { readonly type: 'all' }
  | { readonly type: 'none' }
  | { readonly type: 'edges' | 'facets'; readonly ids: ReadonlySet<number> }
  | { readonly type: 'status'; readonly from: number; readonly to: number }
  /** Its line for people holds this text, in any case. */
  | { readonly type: 'summary'; readonly text: string }
  /** The same line looks like one of these patterns, in any case; `*` stands for any characters. */
  | { readonly type: 'line'; readonly patterns: readonly string[] }
  | { readonly type: 'not'; readonly of: FlowCondition }
  | { readonly type: 'and' | 'or'; readonly of: readonly FlowCondition[] }

type Known = {
  readonly edges: ReadonlyMap<number, Edge>
  readonly facets: ReadonlyMap<number, Facet>
  /** What terms such as `team:` ask of endpoints. */
  readonly facts?: FilterFacts
}

const everything: FlowCondition = { type: 'all' }
const nothing: FlowCondition = { type: 'none' }

/**
 * A filter as a condition on stored records: names become the ids of the edges and facets that have them, so that
 * the database compares numbers. Terms about figures, which no record has, are left out. O(terms × (edges + facets)).
 */
export const flowCondition = (filter: Filter, known: Known): FlowCondition =>
  compile(filterForRecords(filter).filter, known)

function compile(filter: Filter, known: Known): FlowCondition {
  switch (filter.type) {
    case 'all':
      return everything
    case 'and':
    case 'or':
      return joined(
        filter.type,
        filter.of.map((part) => compile(part, known)),
        known,
      )
    case 'not':
      return denied(compile(filter.of, known), known)
    case 'text':
      return joined('or', [edges(filter, known), facets(filter, known), { type: 'summary', text: filter.value }], known)
    case 'term':
      return compileTerm(filter, known)
  }
}

const facetFields: ReadonlySet<FilterField> = new Set(['verdict', 'reason', 'source', 'seen', 'encrypted', 'tunnel'])

function compileTerm(term: FilterTerm, known: Known): FlowCondition {
  if (term.field === 'status') return { type: 'status', ...statusRange(term) }
  if (term.field === 'op') return { type: 'line', patterns: linePatterns(term.value) }
  if (term.field === 'proto') {
    const is = compileGlob(term.value)
    const transport = ids('edges', known.edges, ({ protocol }) => is(protocol))
    const application = ids('facets', known.facets, ({ l7 }) => l7 !== 'none' && is(l7))
    return joined('or', [transport, application], known)
  }
  return facetFields.has(term.field) ? facets(term, known) : edges(term, known)
}

/** Edges that match by themselves, whatever was seen of them. */
function edges(filter: Filter, known: Known): FlowCondition {
  const matches = compileEdgeFilter(filter, known.facts ?? noFacts)
  return ids('edges', known.edges, (edge) => matches(edge, []))
}

/** Facets that match, whoever talks. */
function facets(filter: Filter, known: Known): FlowCondition {
  const matches = compileEdgeFilter(filter)
  return ids('facets', known.facets, (facet) => matches(nobody, [facet]))
}

const nowhere = { cluster: '', namespace: '', kind: '', name: '' }
const nobody: Edge = { id: 0, from: nowhere, to: nowhere, port: -1, protocol: 'unknown' }

function ids<T>(type: 'edges' | 'facets', all: ReadonlyMap<number, T>, matches: (one: T) => boolean): FlowCondition {
  const found = new Set<number>()
  for (const [id, one] of all) if (matches(one)) found.add(id)
  return found.size === 0 ? nothing : found.size === all.size ? everything : { type, ids: found }
}

/** Both or either, without parts that say nothing; id lists of one kind become one. */
function joined(type: 'and' | 'or', parts: readonly FlowCondition[], known: Known): FlowCondition {
  const [winner, neutral] = type === 'and' ? [nothing, everything] : [everything, nothing]
  const of = parts
    .flatMap((part) => (part.type === type ? part.of : [part]))
    .filter((part) => part.type !== neutral.type)
  if (of.some((part) => part.type === winner.type)) return winner
  const rest = of.filter((part) => part.type !== 'edges' && part.type !== 'facets')
  for (const kind of ['edges', 'facets'] as const) {
    const lists = of.flatMap((part) => (part.type === kind ? [part.ids] : []))
    if (lists.length === 0) continue
    const merged = merge(type, lists)
    if (merged.size === 0) return nothing
    if (merged.size === known[kind].size) {
      if (type === 'or') return everything
    } else rest.unshift({ type: kind, ids: merged })
  }
  const [only] = rest
  return only === undefined ? neutral : rest.length === 1 ? only : { type, of: rest }
}

function merge(type: 'and' | 'or', lists: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const [first = new Set<number>(), ...others] = lists
  if (type === 'or') return new Set(lists.flatMap((list) => [...list]))
  return new Set([...first].filter((id) => others.every((list) => list.has(id))))
}

function denied(part: FlowCondition, known: Known): FlowCondition {
  switch (part.type) {
    case 'all':
      return nothing
    case 'none':
      return everything
    case 'not':
      return part.of
    case 'edges':
      return ids('edges', known.edges, ({ id }) => !part.ids.has(id))
    case 'facets':
      return complement(part.ids, known.facets)
    case 'and':
    case 'or':
      return joined(
        part.type === 'and' ? 'or' : 'and',
        part.of.map((inner) => denied(inner, known)),
        known,
      )
    default:
      return { type: 'not', of: part }
  }
}

function complement(wanted: ReadonlySet<number>, all: ReadonlyMap<number, Facet>): FlowCondition {
  const left = [...all.keys()].filter((id) => !wanted.has(id))
  return left.length === 0 ? nothing : { type: 'facets', ids: new Set(left) }
}

/** What an edge and a facet decide by themselves: all of their records hold the condition, none, or each must be asked. */
export function edgeGate(condition: FlowCondition, edgeId: number, facetId: number): 'all' | 'some' | 'none' {
  switch (condition.type) {
    case 'all':
    case 'none':
      return condition.type
    case 'edges':
      return condition.ids.has(edgeId) ? 'all' : 'none'
    case 'facets':
      return condition.ids.has(facetId) ? 'all' : 'none'
    case 'status':
    case 'summary':
    case 'line':
      return 'some'
    case 'not': {
      const inner = edgeGate(condition.of, edgeId, facetId)
      return inner === 'some' ? 'some' : inner === 'all' ? 'none' : 'all'
    }
    case 'and':
    case 'or': {
      const gates = condition.of.map((part) => edgeGate(part, edgeId, facetId))
      const winner = condition.type === 'and' ? 'none' : 'all'
      if (gates.includes(winner)) return winner
      return gates.includes('some') ? 'some' : winner === 'none' ? 'all' : 'none'
    }
  }
}
