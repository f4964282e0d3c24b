import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Totals } from '@/core/build-totals'
import { getJson } from '../api'
import type { ViewParams } from '../queries'

/** Totals over time for the strip under the map. */
export const timelineQuery = (params: ViewParams) =>
  queryOptions({
    queryKey: ['timeline', params],
    queryFn: ({ signal }) => getJson<Totals>('timeline', params, signal),
    placeholderData: keepPreviousData,
    meta: { live: params.last !== undefined },
  })
