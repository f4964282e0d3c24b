import type { Rights, RightsLimit } from './rights'

/** Why somebody with these rights may make no such token; null: they may. */
export function tokenProblem({ role, teams }: RightsLimit, rights: Rights): string | null {
  const edits = rights.edits.all || rights.edits.pairs.size > 0
  const sees = rights.sees.all || rights.sees.pairs.size > 0 || rights.teams === null || rights.teams.length > 0
  if (!sees) return 'You have no role, so a token of yours could do nothing.'
  if (role === 'admin' && !rights.admin) return 'You are no administrator, so no token of yours may be one.'
  if (role === 'admin' && teams !== null)
    return 'An administrator is one of everything. Choose all teams, or another role.'
  if (role === 'editor' && !edits) return 'You may change no policies, so no token of yours may.'
  const foreign = teams?.find((team) => rights.teams !== null && !rights.teams.includes(team))
  return foreign === undefined ? null : `Team ${foreign} is none of yours.`
}
