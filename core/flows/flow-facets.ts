import { recordWords } from '../encryption/record-class'
import { endpointLabel } from '../endpoint'
import type { Filter, FilterField, FilterTerm, Side } from '../filter/filter-ast'
import { statusWord } from './status-word'
import type { Edge, Facet } from '../world'

/** What records can be told apart by, in the order in which the page lists it. */
export const flowFacetIds = [
  'verdict',
  'reason',
  'protocol',
  'status',
  'fromNamespace',
  'toNamespace',
  'from',
  'to',
  'port',
  'encryption',
  'source',
] as const
export type FlowFacetId = (typeof flowFacetIds)[number]

/** `value`: what the filter's term says of it (`verdict:denied`). */
export type FlowFacetValue = { readonly label: string; readonly value: string }

/** What the values of a facet count: all of the window by its buckets, or the newest raw records. */
export type FacetBasis = 'window' | 'records'

/** How many raw records were counted, and where they begin; `readTo` null: with the window. */
export type CountedRecords = { readonly count: number; readonly readTo: number | null }

export type FlowFacets = {
  readonly facets: readonly {
    readonly id: FlowFacetId
    readonly basis: FacetBasis
    /** Most first. */
    readonly values: readonly (FlowFacetValue & { readonly count: number })[]
    /** Values beyond those listed. */
    readonly more: number
  }[]
  readonly records: CountedRecords
  /** Where statuses count other records than the rest: those of every status, for the alternatives of one that is chosen. */
  readonly ofStatus?: CountedRecords
}

type FlowFacet = {
  readonly field: FilterField
  readonly side?: Side
  readonly of: (edge: Edge, facet: Facet, status: number | null) => readonly FlowFacetValue[]
}

const one = (label: string, value = label): readonly FlowFacetValue[] => (label === '' ? [] : [{ label, value }])

const definitions: Readonly<Record<FlowFacetId, FlowFacet>> = {
  verdict: { field: 'verdict', of: (_, { verdict }) => one(verdict) },
  reason: { field: 'reason', of: (_, { reason }) => one(reason) },
  protocol: {
    field: 'proto',
    of: ({ protocol }, { l7 }) => [...one(protocol), ...(l7 === 'none' || l7 === protocol ? [] : one(l7))],
  },
  status: { field: 'status', of: (_, { l7 }, status) => statusValues(l7, status) },
  fromNamespace: { field: 'ns', side: 'from', of: ({ from }) => one(from.namespace) },
  toNamespace: { field: 'ns', side: 'to', of: ({ to }) => one(to.namespace) },
  from: { field: 'from', of: ({ from }) => one(endpointLabel(from)) },
  to: { field: 'to', of: ({ to }) => one(endpointLabel(to)) },
  port: { field: 'port', of: ({ port }) => (port === 0 ? [] : one(String(port))) },
  encryption: { field: 'encrypted', of: (_, facet) => encryptionValues(facet) },
  source: { field: 'source', of: (_, { source }) => one(source) },
}

/** As `encrypted:` finds them: mTLS in a tunnel counts with both. */
const encryptionValues = (facet: Facet): readonly FlowFacetValue[] =>
  [...recordWords(facet)].flatMap((word) => (word === 'mtls+tunnel' ? [] : one(word)))

/** Classes of HTTP; other protocols have few codes, and of those only what is no success tells anything. */
function statusValues(l7: Facet['l7'], status: number | null): readonly FlowFacetValue[] {
  if (status === null) return []
  if (l7 === 'http') return status >= 100 && status < 600 ? one(`${Math.floor(status / 100)}xx`) : []
  return status === 0 ? [] : one(statusWord(l7, status), String(status))
}

/** The values of a facet that a record has. */
export const flowFacetValues = (id: FlowFacetId, edge: Edge, facet: Facet, status: number | null) =>
  definitions[id].of(edge, facet, status)

/** The term that a value of a facet is in the filter. */
export const flowFacetTerm = (id: FlowFacetId, value: string): FilterTerm => ({
  type: 'term',
  field: definitions[id].field,
  ...(definitions[id].side && { side: definitions[id].side }),
  op: '=',
  value,
})

/** Is a part of a filter about this facet and nothing else? */
export function isAboutFacet(id: FlowFacetId, filter: Filter): boolean {
  if (filter.type === 'term') return filter.field === definitions[id].field && filter.side === definitions[id].side
  if (filter.type === 'not') return isAboutFacet(id, filter.of)
  return filter.type === 'or' && filter.of.every((part) => isAboutFacet(id, part))
}
