import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AuditEntry, AuditEntryDetail, AuditPerson } from '@/core/audit/entry'
import { getJson } from '../../api'
import type { AuditParams } from './use-audit-state'

type AuditPage = {
  readonly entries: readonly AuditEntry[]
  readonly next: string | null
  /** Of the first page. */
  readonly people: readonly AuditPerson[] | null
  readonly keptMs: number
  readonly all: boolean
}

const refreshMs = 10_000

/** Newest first; the next page is older. The first page alone is asked for again by itself. */
export const auditQuery = (params: AuditParams) =>
  infiniteQueryOptions({
    queryKey: ['audit', params],
    queryFn: ({ signal, pageParam }) => getJson<AuditPage>('audit', { ...params, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? refreshMs : false),
  })

/** The newest deletions of teams whose name has this in it. */
export const teamDeletionsQuery = (team: string) =>
  queryOptions({
    queryKey: ['audit', 'team.deleted', team],
    queryFn: ({ signal }) => getJson<AuditPage>('audit', { action: 'team.deleted', find: team }, signal),
    staleTime: 0,
  })

export const auditEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit-entry', id],
    queryFn: ({ signal }) => getJson<AuditEntryDetail>(`audit/${id}`, {}, signal),
  })
