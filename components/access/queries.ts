import { queryOptions } from '@tanstack/react-query'
import type { Me } from '@/core/access/me'
import { getJson } from '../api'

/** Who looks on, and what they may. */
export const meQuery = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => getJson<Me>('me', {}, signal),
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
