import { z } from 'zod'
import { orderOfChanges } from '@/core/policy/apply/order'
import { refKey } from '@/core/policy/normal-form'
import { change } from '@/server/change'
import { writePolicyPlan } from '@/server/db/policy/write-policy-plan'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { mayChangePolicy, policyClient } from './may-change-policy'
import { type AskedChange, askedChangeSchema, clusterName, expectationsSchema, reasonSchema } from './policy-input'
import { policyNote } from './policy-note'
import { preparePolicyChange, targetOfChange } from './prepare-policy-change'
import { planAnswerSchema, planOf, runPlan, type Try, tryChange } from './run-plan'
import { writersWithin } from './writer-words'

/** Tries all of a plan and, unless it is a dry run, then makes its changes one after the other, as this person. */
export const applyPolicy = change({
  name: 'applyPolicy',
  method: 'POST',
  path: 'policies/apply',
  summary:
    'Changes policies of a cluster as the person who asks: all are tried first, then made in a safe order until one fails.',
  audit: 'policy.applied',
  input: z.strictObject({
    cluster: clusterName,
    changes: z.array(askedChangeSchema).min(1, 'name at least one change').max(50, 'at most 50 changes'),
    dryRun: z.boolean().describe('true: everything is tried by the API server and nothing is written.'),
    draft: z.number().int().min(1).max(2_147_483_647).nullable().default(null).describe('Id of the draft that it is.'),
    reason: reasonSchema,
    expected: expectationsSchema,
  }),
  answer: planAnswerSchema,
  run: async ({ cluster, changes, dryRun, draft, reason, expected }, actor) => {
    const refs = changes.map((asked) => targetOfChange(asked).ref)
    actor.note({ ...policyNote(cluster, refs), ...(dryRun && { action: 'policy.tried' }) })
    if (new Set(refs.map(refKey)).size < refs.length)
      throw new AppError('invalid', 'changes: an object is named twice. Make one change of it.')
    mayChangePolicy(actor, cluster, refs)
    const client = policyClient(actor, cluster)
    const ordered = orderOfChanges(changes.map(plain)).flatMap((i) => changes[i] ?? [])
    const writer = writersWithin(cluster, actor.scope)
    const tries: Try[] = []
    // Also after one that fails, so that everything that is wrong is told at once.
    for (const asked of ordered)
      tries.push(
        await tryChange({ ref: targetOfChange(asked).ref, change: asked.change }, () =>
          preparePolicyChange(client, asked, writer),
        ),
      )
    return runPlan(actor, client, tries, dryRun, () =>
      writePolicyPlan(database(), planOf(actor, client, cluster, { draft, reason, expected })),
    )
  },
})

const plain = (asked: AskedChange) =>
  asked.change === 'put' ? { change: asked.change, object: asked.object } : { change: asked.change, ref: asked.ref }
