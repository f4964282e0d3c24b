import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FilterField, Side } from '@/core/filter/filter-ast'
import type { FieldValues } from '@/core/filter/filter-values'
import type { GraphNode } from '@/core/graph/graph'
import { getJson } from '../api'
import type { ViewParams } from '../view-query'

/** An endpoint that a search by name found; `id` is that of its node on the map. */
export type Found = Pick<GraphNode, 'id' | 'cluster' | 'namespace' | 'kind' | 'name'>

/** Endpoints by a part of their name, best first. Nothing is asked for nothing. */
export const searchQuery = (params: Omit<ViewParams, 'q'> & { readonly text: string }) =>
  queryOptions({
    queryKey: ['search', params],
    queryFn: ({ signal }) => getJson<readonly Found[]>('search', params, signal),
    placeholderData: keepPreviousData,
    enabled: params.text !== '',
  })

/** Values that fields of the filter have, by a part of them. Old ones stay while new ones are fetched. */
export const valuesQuery = (
  params: Omit<ViewParams, 'q'> & {
    readonly field: readonly FilterField[]
    readonly side?: Side
    readonly text: string
  },
) =>
  queryOptions({
    queryKey: ['values', params],
    queryFn: ({ signal }) => getJson<readonly FieldValues[]>('values', params, signal),
    enabled: params.field.length > 0,
    staleTime: 30_000,
  })
