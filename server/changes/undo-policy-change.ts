import { z } from 'zod'
import { change } from '@/server/change'
import { readPolicyChange } from '@/server/db/policy/read-policy-changes'
import { writePolicyPlan } from '@/server/db/policy/write-policy-plan'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { KubeWriteError } from '@/server/kubernetes/write-error'
import { writeResultSchema } from '@/server/views/schemas/policy-write'
import { withScope } from '@/server/wall'
import { mayChangePolicy, policyClient } from './may-change-policy'
import { performPolicyChange, triedResult } from './perform-policy-change'
import { reasonSchema, rowNumber } from './policy-input'
import { policyNote } from './policy-note'
import { opposite, prepareUndo, whyNotUndone } from './prepare-undo'
import { planOf } from './run-plan'
import { writersWithin } from './writer-words'

/** Takes back a change, where the object is still as the change left it. */
export const undoPolicyChange = change({
  name: 'undoPolicyChange',
  method: 'POST',
  path: 'policies/changes/{id}/undo',
  summary: 'Puts an object back as it was before a change, if nobody changed it since.',
  audit: 'policy.undone',
  input: z.strictObject({
    id: rowNumber('a change').describe('Number of the change.'),
    dryRun: z.boolean().default(false),
    reason: reasonSchema,
  }),
  answer: z.strictObject({
    plan: z.number().nullable().describe('null for a dry run.'),
    result: writeResultSchema,
  }),
  run: async ({ id, dryRun, reason }, actor) => {
    actor.note({ target: `change ${id}`, ...(dryRun && { action: 'policy.tried' }) })
    const row = await withScope(actor.scope, () => readPolicyChange(database(), id, actor.scope))
    if (!row) throw new AppError('not_found', 'There is no such change.')
    mayChangePolicy(actor, row.cluster, [row.ref])
    actor.note(policyNote(row.cluster, [row.ref]))
    const why = whyNotUndone(row)
    if (why !== null) throw new AppError('conflict', why)
    const client = policyClient(actor, row.cluster)
    const prepared = await prepareUndo(client, row, writersWithin(row.cluster, actor.scope))
    if (dryRun) return { plan: null, result: triedResult(prepared) }
    const plan = await writePolicyPlan(
      database(),
      planOf(actor, client, row.cluster, { draft: row.draft, reason, expected: opposite(row) }, id),
    )
    const result = await performPolicyChange(client, prepared, plan)
    if (result.problem) throw new KubeWriteError(result.problem)
    return { plan, result }
  },
})
