import { everything, type Scope } from '../scope'
import type { Teams } from '../team'

/** viewer: sees. editor: also changes policies. admin: sees and changes everything, settings too. */
export const roles = ['viewer', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

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
}

export const noRights: Rights = { admin: false, sees: nothing(), edits: nothing(), teams: [] }
export const allRights: Rights = { admin: true, sees: everything, edits: everything, teams: null }

function nothing(): Scope {
  return { all: false, pairs: new Set() }
}

/** What the members of groups may do: the union of what each of their groups may. `admin` is of everything, whatever its teams. O(grants × namespaces). */
export function rightsOf(groups: readonly string[], grants: readonly Grant[], teams: Teams): Rights {
  const own = new Set(groups)
  const granted = grants.filter((grant) => grant.groups.some((group) => own.has(group)))
  if (granted.some(({ role }) => role === 'admin')) return allRights
  const edits = granted.filter(({ role }) => role === 'editor')
  return {
    admin: false,
    sees: scopeOfGrants(granted, teams),
    edits: scopeOfGrants(edits, teams),
    teams: teamsOfGrants(granted),
  }
}

function scopeOfGrants(grants: readonly Grant[], teams: Teams): Scope {
  const names = teamsOfGrants(grants)
  if (names === null) return everything
  const wanted = new Set(names)
  return { all: false, pairs: new Set([...teams].flatMap(([pair, team]) => (wanted.has(team) ? [pair] : []))) }
}

function teamsOfGrants(grants: readonly Grant[]): readonly string[] | null {
  if (grants.some(({ teams }) => teams === null)) return null
  return [...new Set(grants.flatMap(({ teams }) => teams ?? []))].sort()
}

/** The rights that somebody has while looking on as a member of one team: never more than their own. */
export function asMemberOf(rights: Rights, team: string, teams: Teams): Rights {
  const pairs = [...teams].flatMap(([pair, of]) => (of === team ? [pair] : []))
  const within = (scope: Scope): Scope => ({
    all: false,
    pairs: new Set(pairs.filter((pair) => scope.all || scope.pairs.has(pair))),
  })
  return { admin: false, sees: within(rights.sees), edits: within(rights.edits), teams: [team] }
}
