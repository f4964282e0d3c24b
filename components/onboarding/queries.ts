import { queryOptions } from '@tanstack/react-query'
import type { ClusterSetup } from '@/core/inventory/setup'
import { getJson } from '../api'

const setupMs = 3_000

/** What to connect. Nothing ticks while nothing is connected, so it is asked again and again. */
export const setupQuery = () =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => getJson<readonly ClusterSetup[]>('setup', {}, signal),
    refetchInterval: setupMs,
  })
