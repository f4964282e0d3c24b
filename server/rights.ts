import { type Account, isLocal } from '@/core/access/account'
import { allRights, asMemberOf, type Grant, type Rights, rightsOf, roles } from '@/core/access/rights'
import type { Teams } from '@/core/team'
import { env } from './env'
import { loadTeams } from './teams'

/** What somebody may do now, up to half a minute old. Nobody may do anything by default. */
export async function loadRights(account: Account): Promise<Rights> {
  if (isLocal(account)) return allRights
  const everywhere = roles.map((role): Grant => ({ role, groups: env().auth.roles[role], teams: null }))
  const ofTeams = (await loadTeams()).flatMap(({ name, viewers, editors }): Grant[] => [
    { role: 'viewer', groups: viewers, teams: [name] },
    { role: 'editor', groups: editors, teams: [name] },
  ])
  return rightsOf(account.groups, [...everywhere, ...ofTeams], await loadNamespaceTeams())
}

/** The same rights, narrowed to what a member of one team has. */
export const narrowed = async (rights: Rights, team: string): Promise<Rights> =>
  asMemberOf(rights, team, await loadNamespaceTeams())

/** Forgets what is kept of everybody's rights: teams, roles or sessions were changed. */
export function forgetRights(): void {}

async function loadNamespaceTeams(): Promise<Teams> {
  return new Map()
}
