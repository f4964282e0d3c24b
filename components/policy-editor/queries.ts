import { queryOptions } from '@tanstack/react-query'
import type { PolicyGround } from '@/core/policy/ground'
import { getJson } from '../api'

/** Ground of the cluster's policies. It stands still while somebody edits; `at` asks for a new one. */
export const groundQuery = (cluster: string | null, last: string) =>
  queryOptions({
    queryKey: ['policies/ground', { cluster, last }],
    queryFn: ({ signal }) => getJson<PolicyGround>('policies/ground', { cluster, last }, signal),
    staleTime: Infinity,
  })
