import { z } from 'zod'
import { change } from '@/server/change'
import { deleteTeam as remove } from '@/server/db/access/delete-team'
import { readTeams } from '@/server/db/access/read-teams'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { announceAccess } from '@/server/rights'
import { contentOf } from './change-team'
import { mayAdminister } from './may-administer'
import { rowId } from './team-input'

/** Deletes a team; its members lose what they had by it. */
export const deleteTeam = change({
  name: 'deleteTeam',
  method: 'DELETE',
  path: 'teams/{id}',
  summary: 'Deletes a team; its members lose at once what they had by it. Administrators only.',
  audit: 'team.deleted',
  input: z.strictObject({ id: rowId }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, actor) => {
    mayAdminister(actor)
    const before = (await readTeams(database())).find((row) => row.id === id)
    if (before) actor.note({ target: before.name, before: contentOf(before) })
    await actor.together(async (connection) => {
      if (!before || !(await remove(connection, id)))
        throw new AppError('not_found', 'There is no such team. It may have been deleted already.')
    })
    await announceAccess()
    return { id }
  },
})
