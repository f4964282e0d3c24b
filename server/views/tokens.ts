import { z } from 'zod'
import { roles } from '@/core/access/rights'
import type { TokenItem, TokensAnswer } from '@/core/access/settings-people'
import { tokenProblem } from '@/core/access/token-limits'
import { isResting } from '@/server/api-token'
import { readTokens } from '@/server/db/access/read-tokens'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { mirror } from '@/server/mirror'
import { loadTeams } from '@/server/teams'
import { view } from '@/server/view'
import { millis } from './schemas/shared'
import { ownerSeen } from '@/core/access/owner'

const tokenSchema = mirror<TokenItem>()(
  z.strictObject({
    id: z.number(),
    name: z.string(),
    owner: z.string(),
    own: z.boolean(),
    role: z.enum(roles),
    teams: z.array(z.string()).nullable().describe('null: all that its owner has.'),
    createdAt: millis,
    endsAt: millis,
    usedAt: millis.nullable().describe('null: never.'),
    resting: z
      .boolean()
      .describe('It is refused until its owner logs in again, whom no provider has confirmed for long.'),
  }),
)

const tokensSchema = mirror<TokensAnswer>()(
  z.strictObject({
    tokens: z.array(tokenSchema).describe('Newest first.'),
    roles: z.array(z.enum(roles)).describe('That a new one of yours may have.'),
    teams: z.array(z.string()).describe('That a new one of yours may be limited to.'),
  }),
)

/** Which programs may ask? */
export const tokensView = view({
  name: 'tokens',
  path: 'tokens',
  summary: 'Your tokens for programs, and to administrators everybody’s. What they are is not kept.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: tokensSchema,
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, _scope, asker) => {
    if (!asker) throw new AppError('unauthenticated', 'Nobody is logged in here.')
    const whose = ownerSeen(asker)
    const [tokens, teams] = await Promise.all([readTokens(database(), whose), loadTeams()])
    return { asker, tokens, teams }
  },
  render: ({ asker: { account: me, rights }, tokens, teams }): TokensAnswer => ({
    tokens: tokens.map(({ account, teams: of, issuer, ownerSeenAt, ...token }) => ({
      ...token,
      teams: of && [...of],
      own: account === me.id,
      resting: isResting({ issuer }, ownerSeenAt),
    })),
    roles: roles.filter((role) => tokenProblem({ role, teams: null }, rights) === null),
    teams: rights.teams ? [...rights.teams] : teams.map(({ name }) => name).sort(),
  }),
})
