import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Denials } from '@/core/flows/denials'
import type { DnsLookups } from '@/core/flows/dns-lookups'
import type { FlowFacets } from '@/core/flows/flow-facets'
import type { FlowDetail, FlowPage } from '@/core/flows/flow-row'
import { getJson } from '../api'
import { type ViewParams, viewQuery } from '../view-query'

export type FlowParams = ViewParams & {
  readonly sel?: string
  readonly limit?: number
  /** Milliseconds that one page may be searched for. */
  readonly searchMs?: number
}

/**
 * Newest first, from the place `start` on or from the newest; the next page is older. The live tail is read apart
 * (`newerFlows`), so that it never refetches all pages.
 */
export const flowsQuery = (params: FlowParams, start: string | null = null) =>
  infiniteQueryOptions({
    queryKey: ['flows', params, start],
    queryFn: ({ signal, pageParam }) => getJson<FlowPage>('flows', { ...params, before: pageParam }, signal),
    initialPageParam: start,
    getNextPageParam: (page) => page.before,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** The newest page as it is now. */
export const newestFlows = (params: FlowParams) => getJson<FlowPage>('flows', params)

/** The oldest of what is newer than a cursor, newest first. */
export const newerFlows = (params: FlowParams, after: string) => getJson<FlowPage>('flows', { ...params, after })

export const flowFacetsQuery = (params: FlowParams) => viewQuery<FlowFacets>('flows/facets', params, 'flow-facets')

/** A few newest flows, for panels. */
export const recentFlowsQuery = (params: FlowParams) => viewQuery<FlowPage>('flows', params, 'recent-flows')

export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: ({ signal }) => getJson<FlowDetail>(`flows/${encodeURIComponent(id)}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const denialsQuery = (params: FlowParams) => viewQuery<Denials>('flows/denials', params, 'flow-denials')

export const dnsLookupsQuery = (params: FlowParams) => viewQuery<DnsLookups>('flows/names', params, 'dns-lookups')
