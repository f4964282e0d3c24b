import type { Team } from '@/core/access/team'
import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from '../pool'

/** What is written of a team. */
export type TeamContent = Pick<Team, 'name' | 'namespaces' | 'viewers' | 'editors'>

const maxTeams = 2_000

const insert = `insert into team (name, namespaces, viewers, editors, changed_by)
select $1, $2, $3, $4, $5 where (select count(*) from team) < ${maxTeams} returning id`

/** Writes a new team; returns its id. Throws AppError('conflict') where the name is taken or there are too many. */
export async function writeTeam(database: Queryable, team: TeamContent, by: string): Promise<number> {
  const { name, namespaces, viewers, editors } = team
  const { rows } = await database
    .query<{ id: number }>(insert, [name, JSON.stringify(namespaces), viewers, editors, by])
    .catch((thrown: unknown) => Promise.reject(teamNameTaken(thrown, name) ?? databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `There are ${maxTeams} teams. Delete some first.`)
  return id
}

const uniqueViolation = '23505'

/** The failure as a person can mend it, where another team has the name; null for any other. */
export function teamNameTaken(thrown: unknown, name: string): AppError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== uniqueViolation) return null
  return new AppError('conflict', `There is already a team called “${name}”. Choose another name.`)
}
