/** A filter in the language of the search field, as parsed by core/filter-parse.ts. */
export type Filter =
  | { readonly type: 'all' }
  | { readonly type: 'and'; readonly of: readonly Filter[] }
  | { readonly type: 'or'; readonly of: readonly Filter[] }
  | { readonly type: 'not'; readonly of: Filter }
  | FilterTerm
  | { readonly type: 'text'; readonly value: string }

export type FilterTerm = {
  readonly type: 'term'
  readonly field: FilterField
  readonly op: FilterOp
  readonly value: string
}

export const filterOps = ['>=', '<=', '>', '<', '='] as const
export type FilterOp = (typeof filterOps)[number]

export const filterFields = [
  'ns',
  'cluster',
  'name',
  'kind',
  'from',
  'to',
  'port',
  'proto',
  'verdict',
  'reason',
  'source',
  'seen',
  'encrypted',
  'rate',
  'error',
  'p50',
  'p95',
  'p99',
  'status',
] as const
export type FilterField = (typeof filterFields)[number]

/** Figures of an edge over the window; no single record has them. */
export const figureFields: ReadonlySet<FilterField> = new Set(['rate', 'error', 'p50', 'p95', 'p99'])

export const everythingMatches: Filter = { type: 'all' }
