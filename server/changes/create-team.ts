import { z } from 'zod'
import { change } from '@/server/change'
import { readTeams } from '@/server/db/access/read-teams'
import { writeTeam } from '@/server/db/access/write-team'
import { database } from '@/server/database'
import { announceAccess } from '@/server/rights'
import { mayAdminister } from './may-administer'
import { checkTeamLook, checkTeamName, teamShape, writtenTeam } from './team-input'

/** Makes a team: namespaces, and groups whose members see or edit them. */
export const createTeam = change({
  name: 'createTeam',
  method: 'POST',
  path: 'teams',
  summary:
    'Makes a team: which namespaces it has, and which groups see them or change policies there. Administrators only.',
  audit: 'team.made',
  input: z.strictObject(teamShape),
  answer: writtenTeam,
  run: async (team, actor) => {
    actor.note({ target: team.name, after: team })
    mayAdminister(actor)
    checkTeamName(team.name)
    checkTeamLook(team.name, await readTeams(database()), null)
    const id = await actor.together((connection) => writeTeam(connection, team, actor.name))
    await announceAccess()
    return { id, name: team.name, version: 1 }
  },
})
