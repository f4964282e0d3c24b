import type { Attention } from '@/core/attention'
import type { Comparison } from '@/core/compare-graphs'
import type { FlowFacets } from '@/core/flow-facets'
import type { FilterField, Side } from '@/core/filter-ast'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FlowDetail, FlowPage } from '@/core/flow-row'
import type { Graph, GraphNode, Level } from '@/core/graph'
import type { Marks } from '@/core/mark'
import type { Direction } from '@/core/graph-focus'
import type { Grouping } from '@/core/graph-groups'
import type { HeatMap } from '@/core/heat-map'
import type { Operations } from '@/core/operations'
import type { SampleTrace } from '@/core/sample-trace'
import type { SavedView } from '@/core/saved-view'
import type { LinksAnswer, OpenedLink } from '@/core/link'
import type { Series } from '@/core/series'
import type { ServiceDetail } from '@/core/service-detail'
import type { ServicePods } from '@/core/service-pods'
import type { ServiceRow } from '@/core/service-row'
import type { L7Protocol } from '@/core/verdict'
import type { ClusterSetup } from '@/core/setup'
import type { SourcesAnswer } from '@/core/source-row'
import type { FieldValues } from '@/core/filter-values'
import type { Why } from '@/core/why'
import { getJson } from './api'
import { keepPlaces } from './map/remembered'

/** What every view is asked: a time range, a cluster, a filter, a recording. */
export type ViewParams = {
  readonly last?: string
  readonly from?: number
  readonly to?: number
  readonly cluster?: string
  readonly q?: string
  readonly recording?: number
}
export type GraphParams = ViewParams & {
  readonly level?: Level
  readonly fold?: readonly string[]
  readonly unfold?: readonly string[]
  /** What the regions are. */
  readonly by?: Grouping
  /** `1` shows the machines of the cluster. */
  readonly nodes?: '1'
  /** `0` leaves out workloads without traffic. */
  readonly idle?: '0'
  /** Edges at most. */
  readonly edges?: number
  /** A node that the graph is around; `hops`: a number or `all`. */
  readonly focus?: string
  readonly hops?: string
  readonly dir?: Direction
}
/** `sel`: a node or edge id; without it, the series of everything. */
export type SeriesParams = ViewParams & { readonly sel?: string }
/** About one endpoint, by its key. */
export type SelParams = Omit<ViewParams, 'q' | 'cluster'> & { readonly sel: string }
/** `sel`: what is asked of this node or on this edge; `dir` `out`: what the node asks of others. */
export type OperationsParams = SelParams & {
  readonly dir?: 'in' | 'out'
  readonly l7?: L7Protocol
}
export type FlowParams = ViewParams & {
  readonly sel?: string
  readonly limit?: number
  /** Milliseconds that one page may be searched for. */
  readonly searchMs?: number
}

/** Marks a query that follows live data; `components/live.ts` refreshes it. Ranges that stand still do not change. */
const live = (params: { readonly last?: string }) => ({ live: params.last !== undefined })

/** The service graph. Old data stays while new is fetched; its age is `window.to`. */
export const graphQuery = (params: GraphParams) =>
  queryOptions({
    queryKey: ['map', params],
    queryFn: ({ signal }) => getJson<Graph>('map', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

export const seriesQuery = (params: SeriesParams) =>
  queryOptions({
    queryKey: ['series', params],
    queryFn: ({ signal }) => getJson<Series>('series', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** How the graph differs from that of another window (`vs`: core/compare-window.ts). */
export const compareQuery = (params: GraphParams & { readonly vs: string }) =>
  queryOptions({
    queryKey: ['compare', params],
    queryFn: ({ signal }) => getJson<Comparison>('compare', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** Deploys and other changes for time axes; with `sel` those that may have to do with that node or edge. */
export const marksQuery = (params: SeriesParams) =>
  queryOptions({
    queryKey: ['marks', params],
    queryFn: ({ signal }) => getJson<Marks>('marks', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** Routes, methods, DNS names, codes and flags of a node or an edge. */
export const operationsQuery = (params: OperationsParams) =>
  queryOptions({
    queryKey: ['operations', params],
    queryFn: ({ signal }) => getJson<Operations>('operations', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** What needs attention, worst first. */
export const findingsQuery = (params: Omit<ViewParams, 'q'>) =>
  queryOptions({
    queryKey: ['findings', params],
    queryFn: ({ signal }) => getJson<Attention>('findings', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** Where the trouble of a node or edge begins, and since when. */
export const whyQuery = (params: SelParams) =>
  queryOptions({
    queryKey: ['why', params],
    queryFn: ({ signal }) => getJson<Why>('why', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** `gone`: also those that were there in the window `vs` and are not now. */
export const servicesQuery = (params: ViewParams & { readonly vs?: string; readonly gone?: '1' }) =>
  queryOptions({
    queryKey: ['services', params],
    queryFn: ({ signal }) => getJson<readonly ServiceRow[]>('services', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** Everything about one endpoint. `sel`: its key. */
export const serviceQuery = (params: SelParams & { readonly vs?: string }) =>
  queryOptions({
    queryKey: ['service', params],
    queryFn: ({ signal }) => getJson<ServiceDetail>('service', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** Latencies of an endpoint by time. */
export const heatQuery = (params: SelParams) =>
  queryOptions({
    queryKey: ['heat', params],
    queryFn: ({ signal }) => getJson<HeatMap>('heat', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** A few traced requests to an endpoint that failed or took long. */
export const tracesQuery = (params: SelParams) =>
  queryOptions({
    queryKey: ['traces', params],
    queryFn: ({ signal }) => getJson<readonly SampleTrace[]>('traces', params, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** Pods of an endpoint, and the policies that select them. */
export const podsQuery = (params: SelParams) =>
  queryOptions({
    queryKey: ['pods', params],
    queryFn: ({ signal }) => getJson<ServicePods>('pods', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

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

export const flowFacetsQuery = (params: FlowParams) =>
  queryOptions({
    queryKey: ['flow-facets', params],
    queryFn: ({ signal }) => getJson<FlowFacets>('flows/facets', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

/** A few newest flows, for panels. */
export const recentFlowsQuery = (params: FlowParams) =>
  queryOptions({
    queryKey: ['recent-flows', params],
    queryFn: ({ signal }) => getJson<FlowPage>('flows', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: ({ signal }) => getJson<FlowDetail>(`flows/${encodeURIComponent(id)}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const sourcesQuery = () =>
  queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => getJson<SourcesAnswer>('sources', {}, signal),
    placeholderData: keepPreviousData,
    meta: { live: true },
  })

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

const setupMs = 3_000

/** What to connect. Nothing ticks while nothing is connected, so it is asked again and again. */
export const setupQuery = () =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => getJson<readonly ClusterSetup[]>('setup', {}, signal),
    refetchInterval: setupMs,
  })

/** Named places in the console. */
export const savedViewsQuery = () =>
  queryOptions({
    queryKey: ['saved-views'],
    queryFn: ({ signal }) => getJson<readonly SavedView[]>('saved-views', {}, signal),
    staleTime: 60_000,
  })

/** Shared links, for their page and the dialog. */
export const linksQuery = () =>
  queryOptions({
    queryKey: ['links'],
    queryFn: ({ signal }) => getJson<LinksAnswer>('links', {}, signal),
    staleTime: 0,
  })

/** What the address of a frozen view says about itself. */
export const openedLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['opened-link', token],
    queryFn: async ({ signal }) => {
      const link = await getJson<OpenedLink>(`links/by-token/${encodeURIComponent(token)}`, {}, signal)
      // Before the map asks where its nodes lie.
      keepPlaces(token, link.places ?? {})
      return link
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
