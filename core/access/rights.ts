import { everything, type Scope } from '../scope'
import type { TeamNamespaces } from './team-namespaces'

/** viewer: sees. editor: also changes policies. admin: sees and changes everything, settings too. */
export const roles = ['viewer', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

export const isRole = (text: string): text is Role => roles.some((role) => role === text)

/** What the members of some groups may do. `teams`: null is all of them, and what belongs to no team. */
export type Grant = {
  readonly role: Role
  readonly groups: readonly string[]
  readonly teams: readonly string[] | null
}

/** What somebody may do. Without any role both scopes are empty. */
export type Rights = {
  readonly admin: boolean
  readonly sees: Scope
  /** Where policies may be changed; within `sees`. */
  readonly edits: Scope
  /** Names of the teams that this comes from; null: all. */
  readonly teams: readonly string[] | null
  /** Clusters whose word on them is not known, so that nothing of these is seen; absent: none. */
  readonly unknown?: readonly UnknownCluster[]
}

/** A cluster that could not be asked. `why`: a sentence. */
export type UnknownCluster = { readonly cluster: string; readonly why: string }

export const noRights: Rights = { admin: false, sees: nothing(), edits: nothing(), teams: [] }
export const allRights: Rights = { admin: true, sees: everything, edits: everything, teams: null }

function nothing(): Scope {
  return { all: false, pairs: new Set() }
}

/** Groups that are the clusters’ own (`system:masters`). They give nobody a role here, whoever claims to be in them. */
export const isSystemGroup = (group: string): boolean => /^\s*system:/i.test(group)

/** The grants that apply to members of these groups. */
export function grantsOf(groups: readonly string[], grants: readonly Grant[]): readonly Grant[] {
  const own = new Set(groups.filter((group) => !isSystemGroup(group)))
  return grants.filter((grant) => grant.groups.some((group) => own.has(group)))
}

/** What the members of groups may do: the union of what each of their groups may. `admin` is of everything, whatever its teams. O(grants × namespaces). */
export function rightsOf(groups: readonly string[], grants: readonly Grant[], teams: TeamNamespaces): Rights {
  const granted = grantsOf(groups, grants)
  if (granted.some(({ role }) => role === 'admin')) return allRights
  const edits = granted.filter(({ role }) => role === 'editor')
  return {
    admin: false,
    sees: scopeOfGrants(granted, teams),
    edits: scopeOfGrants(edits, teams),
    teams: teamsOfGrants(granted),
  }
}

function scopeOfGrants(grants: readonly Grant[], teams: TeamNamespaces): Scope {
  const names = teamsOfGrants(grants)
  return names === null ? everything : { all: false, pairs: pairsOf(names, teams) }
}

const pairsOf = (names: readonly string[], teams: TeamNamespaces): ReadonlySet<string> =>
  new Set(names.flatMap((name) => [...(teams.get(name) ?? [])]))

function teamsOfGrants(grants: readonly Grant[]): readonly string[] | null {
  if (grants.some(({ teams }) => teams === null)) return null
  return [...new Set(grants.flatMap(({ teams }) => teams ?? []))].sort()
}

/** What rights are cut down to. `teams` null: not by teams. */
export type RightsLimit = { readonly role: Role; readonly teams: readonly string[] | null }

/** The part of rights that a limit leaves: never more than there was, and of settings nothing unless it is an administrator’s in whole. */
export function limitRights(rights: Rights, { role, teams }: RightsLimit, namespaces: TeamNamespaces): Rights {
  const admin = rights.admin && role === 'admin' && teams === null
  const pairs = teams && pairsOf(teams, namespaces)
  const within = (scope: Scope): Scope =>
    pairs === null
      ? scope
      : { all: false, pairs: new Set([...pairs].filter((pair) => scope.all || scope.pairs.has(pair))) }
  return {
    admin,
    sees: within(rights.sees),
    edits: role === 'viewer' ? noRights.edits : within(rights.edits),
    teams: teams === null ? rights.teams : teams.filter((name) => rights.teams?.includes(name) ?? true),
    ...(rights.unknown && { unknown: rights.unknown }),
  }
}

/** The rights that somebody has while looking on as a member of one team: never more than their own. */
export const asMemberOf = (rights: Rights, team: string, namespaces: TeamNamespaces): Rights => ({
  ...limitRights(rights, { role: 'editor', teams: [team] }, namespaces),
  teams: [team],
})
