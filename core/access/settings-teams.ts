import type { Role } from './rights'
import type { NamespaceRule, Team } from './team'

/** A namespace by its names. */
export type NamespacePair = { readonly cluster: string; readonly namespace: string }

/** A team as Settings shows it. */
export type TeamItem = {
  /** In the database; null: a team of the configuration file. */
  readonly id: number | null
  readonly name: string
  readonly from: Team['from']
  readonly rules: readonly NamespaceRule[]
  readonly viewers: readonly string[]
  readonly editors: readonly string[]
  /** Namespaces that the rules mean and that are known, by name. */
  readonly namespaces: readonly NamespacePair[]
  /** Counts changes; 0 for a team of the file. */
  readonly version: number
  readonly changed: { readonly at: number; readonly by: string } | null
  /** Why it gives no rights; null: it does. */
  readonly problem: string | null
}

/** A team that only labels of namespaces name: it is drawn on the map and gives nobody rights. */
export type LabelledTeam = {
  readonly name: string
  readonly label: string
  readonly namespaces: readonly NamespacePair[]
}

/** Who has a role everywhere. */
export type RoleItem = {
  readonly role: Role
  readonly fromFile: readonly string[]
  readonly groups: readonly string[]
  readonly version: number
}

export type TeamsAnswer = {
  /** Whether who asks may change them. */
  readonly mayChange: boolean
  readonly teams: readonly TeamItem[]
  readonly labelled: readonly LabelledTeam[]
  /** To administrators only; else empty. */
  readonly roles: readonly RoleItem[]
  /** Groups that came with logins, to administrators only. */
  readonly knownGroups: readonly string[]
  /**
   * To administrators where the database does not hold teams apart by row security besides: the statements that mend
   * it, before “oriel migrate”. null: it does, or who asks is not told.
   */
  readonly missingWall: readonly string[] | null
  readonly clusters: readonly string[]
}

/** What a change of rules shows and hides. */
export type TeamMatches = {
  readonly namespaces: readonly NamespacePair[]
  /** That the team as it is saved does not have. */
  readonly added: readonly NamespacePair[]
  /** That it has and would no longer. */
  readonly lost: readonly NamespacePair[]
  /** Rules of one name that no cluster has: to come, or mistyped. */
  readonly unknownNames: readonly NamespaceRule[]
  /** Clusters of rules that nothing tells of. */
  readonly unknownClusters: readonly string[]
}

/** What members of a team see of the last hour. */
export type TeamSight = {
  readonly namespaces: readonly (NamespacePair & { readonly workloads: number })[]
  readonly services: number
  readonly edges: number
  /** Of the edges, those whose other end is of other namespaces and stays without a name. */
  readonly crossing: number
}

/**
 * What must be said before groups of administrators change; null: nothing. `groups`: those of who changes them, null for
 * the local administrator, who stays one.
 */
export function adminWarning(after: readonly string[], groups: readonly string[] | null): string | null {
  if (after.length === 0)
    return 'No group would have administrators. Only the local administrator could change settings (oriel login-link).'
  if (groups !== null && !groups.some((group) => after.includes(group)))
    return 'You would no longer be an administrator: none of your groups is among them.'
  return null
}
