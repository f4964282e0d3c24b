import { z } from 'zod'
import { isLocal } from '@/core/access/account'
import { explainRights } from '@/core/access/explain-rights'
import { roles, rightsOf } from '@/core/access/rights'
import type { Member } from '@/core/access/settings-people'
import { loadAccessFacts } from '@/server/access-facts'
import { readAccounts } from '@/server/db/access/read-accounts'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { millis } from './schemas/shared'

const memberSchema = mirror<Member>()(
  z.strictObject({
    id: z.number(),
    name: z.string(),
    email: z.string().nullable().describe('For people to read only: addresses change hands.'),
    provider: z.string().nullable(),
    issuer: z.string(),
    subject: z.string(),
    local: z.boolean(),
    groups: z.array(z.string()),
    admin: z.boolean(),
    reasons: z
      .array(z.strictObject({ role: z.enum(roles), team: z.string().nullable(), groups: z.array(z.string()) }))
      .describe('Which group gave which role; team null: everywhere.'),
    seenAt: millis,
    sessions: z.number(),
    tokens: z.number(),
  }),
)

/** Who has logged in, and why may they do what they may? */
export const membersView = view({
  name: 'members',
  path: 'members',
  summary: 'Who has logged in, with groups, roles, and which group gave which role. Administrators only.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: z.array(memberSchema).describe('Those seen last first.'),
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, _scope, asker) => {
    if (!asker?.rights.admin) throw new AppError('forbidden', 'Only an administrator sees who has logged in.')
    const [accounts, facts] = await Promise.all([
      readAccounts(database(), Date.now() - env().auth.session.idle),
      loadAccessFacts(),
    ])
    return { accounts, facts }
  },
  render: ({ accounts, facts: { grants, namespaces } }): Member[] =>
    accounts.map(({ groups, ...account }) => ({
      ...account,
      // The session that says it is gone once they log out.
      provider: account.provider ?? providerOf(account.issuer),
      groups: [...groups],
      local: isLocal(account),
      admin: isLocal(account) || rightsOf(groups, grants, namespaces).admin,
      reasons: explainRights(groups, grants).map((reason) => ({ ...reason, groups: [...reason.groups] })),
    })),
})

const providerOf = (issuer: string): string | null =>
  env().auth.providers.find((provider) => provider.issuer === issuer)?.id ?? null
