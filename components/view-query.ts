import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson, type Params } from './api'

/** What every view is asked: a time range, a cluster, a filter, a recording. */
export type ViewParams = {
  readonly last?: string
  readonly from?: number
  readonly to?: number
  readonly cluster?: string
  readonly q?: string
  readonly recording?: number
}

/** About one endpoint, by its key. */
export type SelParams = Omit<ViewParams, 'q' | 'cluster'> & { readonly sel: string }

/** Marks a query that follows live data; `components/live.ts` refreshes it. Ranges that stand still do not change. */
export const live = (params: { readonly last?: string }) => ({ live: params.last !== undefined })

/**
 * A question to a view of the API by its path. Old data stays while new is fetched. `key`: where one path is asked
 * in two ways that are kept apart.
 */
export const viewQuery = <T>(path: string, params: Params & { readonly last?: string }, key = path) =>
  queryOptions({
    queryKey: [key, params],
    queryFn: ({ signal }) => getJson<T>(path, params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })
