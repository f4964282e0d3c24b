import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Member, SessionItem, TokensAnswer } from '@/core/access/settings-people'
import type { TeamMatches, TeamsAnswer, TeamSight } from '@/core/access/settings-teams'
import type { NamespaceRule } from '@/core/access/team'
import { getJson } from '../api'

const settings = <T>(path: string) =>
  queryOptions({ queryKey: [path], queryFn: ({ signal }) => getJson<T>(path, {}, signal), staleTime: 0 })

export const teamsQuery = () => settings<TeamsAnswer>('teams')
export const membersQuery = () => settings<readonly Member[]>('members')
export const sessionsQuery = () => settings<readonly SessionItem[]>('sessions')
export const tokensQuery = () => settings<TokensAnswer>('tokens')

/** Namespaces by rules as they are being written; `team`: the one that is changed. */
export const matchesQuery = (rules: readonly NamespaceRule[], team: string) =>
  queryOptions({
    queryKey: ['teams/matches', rules, team],
    queryFn: ({ signal }) => getJson<TeamMatches>('teams/matches', { rules: JSON.stringify(rules), team }, signal),
    placeholderData: keepPreviousData,
  })

/** What members of a team with these rules see of the last hour. */
export const sightQuery = (rules: readonly NamespaceRule[]) =>
  queryOptions({
    queryKey: ['teams/sight', rules],
    queryFn: ({ signal }) => getJson<TeamSight>('teams/sight', { rules: JSON.stringify(rules), last: '1h' }, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
