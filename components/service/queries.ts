import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { HeatMap } from '@/core/series/heat-map'
import type { SampleTrace } from '@/core/flows/sample-trace'
import type { ServiceDetail } from '@/core/services/service-detail'
import type { ServicePods } from '@/core/services/service-pods'
import { getJson } from '../api'
import { type SelParams, viewQuery } from '../view-query'

/** Everything about one endpoint. `sel`: its key. */
export const serviceQuery = (params: SelParams & { readonly vs?: string }) =>
  viewQuery<ServiceDetail>('service', params)

/** Latencies of an endpoint by time. */
export const heatQuery = (params: SelParams) => viewQuery<HeatMap>('heat', params)

/** A few traced requests to an endpoint that failed or took long. */
export const tracesQuery = (params: SelParams) =>
  queryOptions({
    queryKey: ['traces', params],
    queryFn: ({ signal }) => getJson<readonly SampleTrace[]>('traces', params, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** Pods of an endpoint, and the policies that select them. */
export const podsQuery = (params: SelParams) => viewQuery<ServicePods>('pods', params)
