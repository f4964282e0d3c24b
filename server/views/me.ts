import { z } from 'zod'
import { isLocal } from '@/core/access/account'
import type { Me, Reach } from '@/core/access/me'
import type { Scope } from '@/core/scope'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'

const reach = z.enum(['everything', 'teams', 'nothing'])

const meSchema = mirror<Me>()(
  z.strictObject({
    name: z.string(),
    local: z.boolean().describe('The local administrator, whom no login provider knows.'),
    groups: z.array(z.string()).describe('As the login provider told them last.'),
    admin: z.boolean(),
    sees: reach,
    edits: reach.describe('Where policies may be changed.'),
    teams: z.array(z.string()).nullable().describe('null: all.'),
    viewAs: z.string().nullable().describe('The team as whose member you look on; null: as yourself.'),
    by: z.enum(['session', 'token']),
    rightsFrom: z.enum(['teams', 'kubernetes']).describe('What says who may what here.'),
    unknown: z
      .array(z.strictObject({ cluster: z.string(), why: z.string() }))
      .describe('Clusters whose word on your rights is not known: nothing of these is seen.'),
  }),
)

/** Who am I, and what may I? */
export const meView = view({
  name: 'me',
  path: 'me',
  summary: 'Who you are, your groups, and what you may see and change.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: meSchema,
  // Rights that were just given or taken are to be seen at once.
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, _scope, asker) => {
    if (!asker) throw new AppError('unauthenticated', 'Nobody is logged in here.')
    return { asker, rightsFrom: env().auth.mode }
  },
  render: ({ asker: { account, rights, by, viewAs }, rightsFrom }): Me => ({
    name: account.name,
    local: isLocal(account),
    groups: [...account.groups],
    admin: rights.admin,
    sees: reachOf(rights.sees),
    edits: reachOf(rights.edits),
    teams: rights.teams && [...rights.teams],
    viewAs,
    by: 'token' in by ? 'token' : 'session',
    rightsFrom,
    unknown: [...(rights.unknown ?? [])],
  }),
})

/** Without a team somebody sees nothing; with one whose namespaces are not there yet, their teams’. */
function reachOf(scope: Scope): Reach {
  if (scope.all) return 'everything'
  return scope.pairs.size > 0 ? 'teams' : 'nothing'
}
