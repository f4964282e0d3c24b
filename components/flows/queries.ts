import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Denials } from '@/core/denials'
import type { DnsLookups } from '@/core/dns-lookups'
import { getJson } from '../api'
import type { FlowParams } from '../queries'

const live = (params: FlowParams) => ({ live: params.last !== undefined })

export const denialsQuery = (params: FlowParams) =>
  queryOptions({
    queryKey: ['flow-denials', params],
    queryFn: ({ signal }) => getJson<Denials>('flows/denials', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })

export const dnsLookupsQuery = (params: FlowParams) =>
  queryOptions({
    queryKey: ['dns-lookups', params],
    queryFn: ({ signal }) => getJson<DnsLookups>('flows/names', params, signal),
    placeholderData: keepPreviousData,
    meta: live(params),
  })
