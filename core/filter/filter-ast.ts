/** A filter in the language of the search field, as parsed by core/filter/filter-parse.ts. */
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
  /** `from:ns=shop` is field `ns` of the caller; without a side it is of either end. Only of `endFields`. */
  readonly side?: Side
  readonly op: FilterOp
  readonly value: string
}

export const sides = ['from', 'to'] as const
export type Side = (typeof sides)[number]

export const filterOps = ['>=', '<=', '>', '<', '='] as const
export type FilterOp = (typeof filterOps)[number]

/** What an endpoint can be asked by itself; these may follow `from:` and `to:`. */
export const endFields = ['ns', 'cluster', 'name', 'kind', 'team', 'app', 'role', 'ip', 'is'] as const
export type EndField = (typeof endFields)[number]

/** Figures of an edge over the window; no single record has them. */
export const figureFields = ['error', 'rate', 'p50', 'p95', 'p99', 'bytes', 'conns', 'mtls', 'health'] as const
export type FigureField = (typeof figureFields)[number]

export const filterFields = [
  ...endFields,
  'from',
  'to',
  'port',
  'proto',
  'verdict',
  'reason',
  'source',
  'seen',
  'encrypted',
  'tunnel',
  'status',
  'op',
  ...figureFields,
] as const
export type FilterField = (typeof filterFields)[number]

export const isEndField = (field: string): field is EndField => endFields.some((one) => one === field)
export const isFigureField = (field: string): field is FigureField => figureFields.some((one) => one === field)

export const everythingMatches: Filter = { type: 'all' }

/** Every term and text of a filter, in the order in which they stand. */
export function leavesOf(filter: Filter): readonly (FilterTerm | (Filter & { readonly type: 'text' }))[] {
  if (filter.type === 'and' || filter.type === 'or') return filter.of.flatMap(leavesOf)
  if (filter.type === 'not') return leavesOf(filter.of)
  return filter.type === 'all' ? [] : [filter]
}
