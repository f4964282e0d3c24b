import { z } from 'zod'
import { change } from '@/server/change'
import { readTeams, type TeamRow } from '@/server/db/access/read-teams'
import { updateTeam } from '@/server/db/access/update-team'
import type { TeamContent } from '@/server/db/access/write-team'
import { database } from '@/server/database'
import { announceAccess } from '@/server/rights'
import { mayAdminister } from './may-administer'
import {
  changedMeanwhile,
  checkTeamLook,
  checkTeamName,
  rowId,
  seenVersion,
  teamShape,
  writtenTeam,
} from './team-input'

/** Changes a team; its members' rights follow at once. */
export const changeTeam = change({
  name: 'changeTeam',
  method: 'PUT',
  path: 'teams/{id}',
  summary: 'Changes a team; what its members may do follows at once. Administrators only.',
  audit: 'team.changed',
  input: z.strictObject({ id: rowId, version: seenVersion, ...teamShape }),
  answer: writtenTeam,
  run: async ({ id, version, ...team }, actor) => {
    actor.note({ target: team.name, after: team })
    mayAdminister(actor)
    const teams = await readTeams(database())
    const before = teams.find((row) => row.id === id)
    if (!before) throw changedMeanwhile()
    actor.note({ before: contentOf(before) })
    checkTeamName(team.name)
    // One that has its name already keeps it.
    if (team.name !== before.name) checkTeamLook(team.name, teams, id)
    await actor.together(async (connection) => {
      if (!(await updateTeam(connection, { id, version }, team, actor.name))) throw changedMeanwhile()
    })
    await announceAccess()
    return { id, name: team.name, version: version + 1 }
  },
})

/** What the audit keeps of a team. */
export const contentOf = ({ name, namespaces, viewers, editors }: TeamRow): TeamContent => ({
  name,
  namespaces,
  viewers,
  editors,
})
