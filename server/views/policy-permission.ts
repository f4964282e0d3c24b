import { z } from 'zod'
import { type PermissionAsk, parsePermission, permissionText, permissionWords } from '@/core/policy/apply/permission'
import type { Rights } from '@/core/access/rights'
import { inScope } from '@/core/scope'
import { policyClient } from '@/server/changes/may-change-policy'
import { AppError } from '@/server/errors'
import { actedAs } from '@/server/identity'
import { reviewAccess, type WriteClient } from '@/server/kubernetes/write'
import { actorWords } from '@/server/kubernetes/write-error'
import { listParam } from '@/server/params'
import { view } from '@/server/view'
import { actedAsSchema } from './schemas/policy-write'

const asksParam = listParam(50)
  .transform((texts, context) =>
    texts.map((text) => {
      const ask = parsePermission(text)
      if (!ask)
        context.addIssue({
          code: 'custom',
          message: 'write verb/group/resource/namespace/name, such as patch/networking.k8s.io/networkpolicies/shop/',
        })
      return ask ?? z.NEVER
    }),
  )
  .describe(
    'What would be done, at most 50, separated by commas: verb/group/resource/namespace/name. Verbs are get, list, create, patch, update, delete; empty parts are left out.',
  )

type Permission = { readonly ask: PermissionAsk; readonly allowed: boolean | null; readonly sentence: string }

/** May the person who asks change these objects, by the cluster's own word? */
export const policyPermissionView = view({
  name: 'policyPermission',
  path: 'policies/permission',
  summary: 'What the person who asks may do to objects of a cluster, and why nothing can be changed where that is so.',
  quick: true,
  personal: true,
  params: z.strictObject({
    cluster: z.string().min(1, 'name the cluster').max(200, 'at most 200 characters').describe('Name of the cluster.'),
    ask: asksParam,
  }),
  answer: z.strictObject({
    actingAs: actedAsSchema
      .nullable()
      .describe('As whom the cluster is asked; null: as the account of the kubeconfig.'),
    off: z.string().nullable().describe('Why nothing can be changed here at all; null where it can.'),
    answers: z.array(
      z.strictObject({
        ask: z.string().describe('As it was asked.'),
        allowed: z.boolean().nullable().describe('null: not known.'),
        sentence: z.string(),
      }),
    ),
  }),
  maxAgeMs: 5_000,
  settle: async (params) => params,
  load: async ({ cluster, ask }, _scope, asker) => {
    if (!asker) throw new AppError('unauthenticated', 'Nobody is logged in here. Log in, or send a token.')
    const kubernetes = await actedAs(asker.account)
    const client = clientOr(() => policyClient({ kubernetes }, cluster))
    if (typeof client === 'string') {
      const answers = ask.map((one): Permission => ({ ask: one, allowed: false, sentence: client }))
      return { as: null, off: client, answers }
    }
    const answers = await Promise.all(ask.map((one) => permission(client, cluster, asker.rights, one)))
    return { as: client.as, off: null, answers }
  },
  render: ({ as, off, answers }) => ({
    actingAs: as && { user: as.user, groups: [...as.groups] },
    off,
    answers: answers.map(({ ask, allowed, sentence }) => ({ ask: permissionText(ask), allowed, sentence })),
  }),
})

/** Why there is none, as a sentence, in the place of the client. */
function clientOr(make: () => WriteClient): WriteClient | string {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.message
    throw thrown
  }
}

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch'])

async function permission(
  client: WriteClient,
  cluster: string,
  { sees, edits }: Rights,
  ask: PermissionAsk,
): Promise<Permission> {
  const words = permissionWords(ask)
  const scope = reading.has(ask.verb) ? sees : edits
  const mine = scope.all || (ask.namespace !== '' && inScope(scope, { cluster, namespace: ask.namespace }))
  if (!mine) return { ask, allowed: false, sentence: `You may not ${words}: no role of yours here lets you.` }
  try {
    const { allowed } = await reviewAccess(client, ask)
    const who = actorWords(client.as)
    return { ask, allowed, sentence: `${who} ${allowed ? 'may' : 'may not'} ${words}.` }
  } catch (thrown) {
    if (thrown instanceof AppError) return { ask, allowed: null, sentence: thrown.message }
    throw thrown
  }
}
