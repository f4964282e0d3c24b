import { z } from 'zod'
import { roles } from '@/core/access/rights'
import { tokenProblem } from '@/core/access/token-limits'
import { clean } from '@/core/text/text'
import { apiToken, newTokenSecret } from '@/server/api-token'
import { change } from '@/server/change'
import { writeToken } from '@/server/db/access/write-token'
import { AppError } from '@/server/errors'
import { hashOf } from '@/server/link-token'
import { mustBePerson } from './may-administer'

const day = 86_400_000

/** Makes a token for a program, which may do no more than its owner at each moment. */
export const createToken = change({
  name: 'createToken',
  method: 'POST',
  path: 'tokens',
  summary: 'Makes a token for a program. It may do no more than you may at each moment, and is told once.',
  audit: 'token.made',
  input: z.strictObject({
    name: z
      .string()
      .transform((name) => clean(name, 200).trim())
      .pipe(z.string().min(1, 'say what it is for').max(80, 'at most 80 characters')),
    role: z.enum(roles),
    teams: z
      .array(z.string().min(1).max(63))
      .min(1, 'name a team, or null for all that you have')
      .max(200)
      .nullable()
      .default(null)
      .describe('Teams that it is for; null: all that you have.'),
    days: z.number().int().min(1, 'at least a day').max(365, 'at most a year').describe('How long it lasts.'),
  }),
  answer: z.strictObject({
    id: z.number(),
    token: z.string().describe('Send it as `Authorization: Bearer …`. It is not kept, and never told again.'),
    endsAt: z.number(),
  }),
  run: async ({ name, role, teams, days }, actor) => {
    actor.note({ target: name, after: { role, teams, days } })
    mustBePerson(actor)
    const { account, rights, viewAs } = actor.asker
    if (viewAs !== null)
      throw new AppError(
        'forbidden',
        `You look on as the team ${viewAs}, and a token would have all your rights. Stop that first.`,
      )
    const problem = tokenProblem({ role, teams }, rights)
    if (problem !== null) throw new AppError('forbidden', problem)
    const secret = newTokenSecret()
    const endsAt = Date.now() + days * day
    const token = { tokenHash: hashOf(secret), name, account: account.id, role, teams, endsAt }
    const id = await actor.together((connection) => writeToken(connection, token))
    return { id, token: apiToken(id, secret), endsAt }
  },
})
