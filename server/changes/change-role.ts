import { z } from 'zod'
import { isLocal } from '@/core/access/account'
import { roles } from '@/core/access/rights'
import { adminWarning } from '@/core/access/settings-teams'
import { change } from '@/server/change'
import { readGrants } from '@/server/db/access/read-grants'
import { writeGrant } from '@/server/db/access/write-grant'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import { announceAccess } from '@/server/rights'
import { mayAdminister } from './may-administer'
import { changedMeanwhile, groupsInput, seenVersion } from './team-input'

/** Says which groups have a role everywhere, besides those of the configuration file. */
export const changeRole = change({
  name: 'changeRole',
  method: 'PUT',
  path: 'roles/{role}',
  summary: 'Says which groups have a role everywhere, besides those of the configuration file. Administrators only.',
  audit: 'grant.changed',
  input: z.strictObject({
    role: z.enum(roles).describe('The role that groups have everywhere.'),
    version: seenVersion,
    groups: groupsInput,
    confirmed: z
      .boolean()
      .default(false)
      .describe('Do it although you, or everybody, would no longer be administrator.'),
  }),
  answer: z.strictObject({ role: z.enum(roles) }),
  run: async ({ role, version, groups, confirmed }, actor) => {
    actor.note({ target: role, after: groups })
    mayAdminister(actor)
    actor.note({ before: (await readGrants(database())).find((row) => row.role === role)?.groups ?? [] })
    const { account } = actor.asker
    const warning =
      role === 'admin'
        ? adminWarning([...env().auth.roles.admin, ...groups], isLocal(account) ? null : account.groups)
        : null
    if (warning !== null && !confirmed) throw new AppError('conflict', `${warning} Confirm that to do it.`)
    await actor.together(async (connection) => {
      if (!(await writeGrant(connection, { role, groups, version }, actor.name))) throw changedMeanwhile()
    })
    await announceAccess()
    return { role }
  },
})
