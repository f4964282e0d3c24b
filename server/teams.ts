import type { Team } from '@/core/access/team'
import { bothScopes, type Scope } from '@/core/scope'
import type { TeamRules } from '@/core/team'
import { loadAccessFacts } from './access-facts'
import { env } from './env'
import { wallScope } from './wall'

/** Every team: those of the configuration file, then those of the database. Up to half a minute old. */
export const loadTeams = async (): Promise<readonly Team[]> => (await loadAccessFacts()).teams

/** What namespaces are drawn with. Within a scope, teams that reach beyond it are not named: their names are others’. */
export async function loadTeamRules(scope: Scope): Promise<TeamRules> {
  const { teams, namespaces } = await loadAccessFacts()
  const labels = env().teamLabels
  const seen = bothScopes(scope, wallScope())
  if (seen.all) return { teams, labels }
  const isWithin = ({ name }: Team) => [...(namespaces.get(name) ?? [])].every((pair) => seen.pairs.has(pair))
  return { teams: teams.filter(isWithin), labels }
}
