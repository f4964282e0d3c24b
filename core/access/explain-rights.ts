import { type Grant, isSystemGroup, type Role, roles } from './rights'

/** Why somebody has a role. `team` null: everywhere. */
export type RightsReason = { readonly role: Role; readonly team: string | null; readonly groups: readonly string[] }

const rank = (role: Role): number => roles.length - roles.indexOf(role)

/**
 * Which groups gave which role where, the most powerful first, everywhere before teams. A role that a greater one of the
 * same team holds already is left out.
 */
export function explainRights(groups: readonly string[], grants: readonly Grant[]): readonly RightsReason[] {
  const own = new Set(groups.filter((group) => !isSystemGroup(group)))
  const reasons = new Map<string, { role: Role; team: string | null; groups: Set<string> }>()
  for (const grant of grants) {
    const by = grant.groups.filter((group) => own.has(group))
    if (by.length === 0) continue
    for (const team of grant.teams ?? [null]) {
      const key = JSON.stringify([grant.role, team])
      const reason = reasons.get(key) ?? { role: grant.role, team, groups: new Set<string>() }
      for (const group of by) reason.groups.add(group)
      reasons.set(key, reason)
    }
  }
  const all = [...reasons.values()]
  return all
    .filter((one) => !all.some((other) => other.team === one.team && rank(other.role) < rank(one.role)))
    .sort((a, b) => rank(a.role) - rank(b.role) || order(a.team, b.team))
    .map(({ groups: by, ...reason }) => ({ ...reason, groups: [...by].sort() }))
}

const order = (a: string | null, b: string | null): number => {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}
