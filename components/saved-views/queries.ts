import { queryOptions } from '@tanstack/react-query'
import type { SavedViews } from '@/core/links/saved-view'
import { getJson } from '../api'

/** Named places in the console. */
export const savedViewsQuery = () =>
  queryOptions({
    queryKey: ['saved-views'],
    queryFn: ({ signal }) => getJson<SavedViews>('saved-views', {}, signal),
    staleTime: 60_000,
  })
