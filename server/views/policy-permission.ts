import { z } from 'zod'
import { type PermissionAsk, parsePermission, permissionText, permissionWords } from '@/core/policy/apply/permission'
import { inScope, type Scope } from '@/core/scope'
import { changesAreOff, policyClient } from '@/server/changes/may-change-policy'
import { AppError } from '@/server/errors'
import { localIdentity } from '@/server/identity'
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
  // Whose permission it is belongs to the question, so that answers of one person are never another's.
  settle: async (params) => ({ ...params, as: localIdentity() }),
  load: async ({ cluster, ask, as }, scope) => {
    const client = clientOr(() => policyClient({ kubernetes: as }, cluster))
    if (typeof client === 'string')
      return { off: client, answers: ask.map((one): Permission => ({ ask: one, allowed: false, sentence: client })) }
    const answers = await Promise.all(ask.map((one) => permission(client, cluster, scope, one)))
    return { off: changesAreOff(as), answers }
  },
  render: ({ off, answers }, { as }) => ({
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

async function permission(client: WriteClient, cluster: string, scope: Scope, ask: PermissionAsk): Promise<Permission> {
  const words = permissionWords(ask)
  const mine = scope.all || (ask.namespace !== '' && inScope(scope, { cluster, namespace: ask.namespace }))
  if (!mine) return { ask, allowed: false, sentence: `You may not ${words}: it is none of what you see.` }
  try {
    const { allowed } = await reviewAccess(client, ask)
    const who = actorWords(client.as)
    return { ask, allowed, sentence: `${who} ${allowed ? 'may' : 'may not'} ${words}.` }
  } catch (thrown) {
    if (thrown instanceof AppError) return { ask, allowed: null, sentence: thrown.message }
    throw thrown
  }
}
