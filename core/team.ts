import { type KnownNamespace, ruleTest } from './access/team-namespaces'
import type { Team } from './access/team'
import type { Labels } from './inventory/inventory-object'

/** What says which team a namespace is drawn with: teams by their namespaces, then labels of the namespace. */
export type TeamRules = {
  readonly teams: readonly Pick<Team, 'name' | 'namespaces'>[]
  /** Labels whose value is the team, the first that is there. */
  readonly labels: readonly string[]
}

/** A namespace with its labels, as far as they are known. */
export type NamespaceLabels = { readonly cluster: string; readonly namespace: string; readonly labels: Labels }

/** Teams by `cluster/namespace`; a namespace without a team is absent and stands alone. */
export type Teams = ReadonlyMap<string, string>

/** What no name may hold: these separate names in ids and in addresses. */
const separators = /[,|/]/g
const longest = 63

/** A name of a team, made of any text. */
export const teamName = (text: string): string => text.replaceAll(separators, '-').slice(0, longest)

/**
 * The team that each namespace is drawn with: one, though it may be of several. The first team of which a rule fits wins
 * over every label. O(namespaces × rules).
 */
export function teamsOf(namespaces: Iterable<KnownNamespace>, { teams, labels }: TeamRules): Teams {
  const rules = teams.map((team) => ({ name: team.name, tests: team.namespaces.map(ruleTest) }))
  const found = new Map<string, string>()
  for (const one of namespaces) {
    const configured = rules.find(({ tests }) => tests.some((fits) => fits(one)))?.name
    const team = teamName(configured ?? labelledTeam(one.labels, labels)?.team ?? '')
    if (team !== '') found.set(`${one.cluster}/${one.namespace}`, team)
  }
  return found
}

/** The team that labels of a namespace name, and the label; null: they name none. */
export function labelledTeam(
  own: Labels | null,
  labels: readonly string[],
): { readonly label: string; readonly team: string } | null {
  for (const label of labels) {
    const team = own && Object.hasOwn(own, label) ? own[label] : undefined
    if (team) return { label, team }
  }
  return null
}
