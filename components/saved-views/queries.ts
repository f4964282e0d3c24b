import { queryOptions } from '@tanstack/react-query'
import type { SavedView } from '@/core/saved-view'
import { getJson } from '../api'

/** Named places in the console. */
export const savedViewsQuery = () =>
  queryOptions({
    queryKey: ['saved-views'],
    queryFn: ({ signal }) => getJson<readonly SavedView[]>('saved-views', {}, signal),
    staleTime: 60_000,
  })
