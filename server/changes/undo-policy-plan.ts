import { z } from 'zod'
import { change } from '@/server/change'
import { readPolicyChanges } from '@/server/db/policy/read-policy-changes'
import { writePolicyPlan } from '@/server/db/policy/write-policy-plan'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { objectWords } from '@/server/kubernetes/write-error'
import { withScope } from '@/server/wall'
import { mayChangePolicy, policyClient } from './may-change-policy'
import { reasonSchema, rowNumber } from './policy-input'
import { policyNote } from './policy-note'
import { opposite, prepareUndo, whyNotUndone } from './prepare-undo'
import { planAnswerSchema, planOf, runPlan, type Try, tryChange } from './run-plan'
import { writersWithin } from './writer-words'

/** Takes back everything that was applied together, the last first, until one fails. What was taken back before, or never made, is left out. */
export const undoPolicyPlan = change({
  name: 'undoPolicyPlan',
  method: 'POST',
  path: 'policies/plans/{id}/undo',
  summary:
    'Puts the objects of a plan back as they were before it, the last first: all are tried, then made until one fails.',
  input: z.strictObject({
    id: rowNumber('a plan').describe('Number of the plan.'),
    dryRun: z.boolean().describe('true: everything is tried by the API server and nothing is written.'),
    reason: reasonSchema,
  }),
  answer: planAnswerSchema,
  audit: 'policy.undone',
  run: async ({ id, dryRun, reason }, actor) => {
    actor.note({ target: `plan ${id}`, ...(dryRun && { action: 'policy.tried' }) })
    const rows = await withScope(actor.scope, () => readPolicyChanges(database(), { ...ofPlan, plan: id }, actor.scope))
    const [last] = rows
    if (!last) throw new AppError('not_found', 'There is no such plan.')
    const open = rows.find(({ state }) => state === 'intended')
    if (open) throw new AppError('conflict', `${objectWords(open)}: ${whyNotUndone(open)}`)
    const undone = rows.filter((row) => whyNotUndone(row) === null)
    const [first] = undone
    if (!first) throw new AppError('conflict', whyNotUndone(last) ?? '')
    const refs = undone.map(({ ref }) => ref)
    mayChangePolicy(actor, first.cluster, refs)
    actor.note(policyNote(first.cluster, refs))
    const client = policyClient(actor, first.cluster)
    const tries: Try[] = []
    for (const row of undone)
      tries.push(
        await tryChange({ ref: row.ref, change: row.change === 'create' ? 'delete' : 'put' }, () =>
          prepareUndo(client, row, writersWithin(row.cluster, actor.scope)),
        ),
      )
    const parts = { draft: first.draft, reason, expected: opposite(first) }
    const answer = await runPlan(actor, client, tries, dryRun, () =>
      writePolicyPlan(database(), planOf(actor, client, first.cluster, parts, first.id)),
    )
    const left = rows.filter(({ state }) => state === 'unknown').map((row) => objectWords(row))
    if (left.length === 0) return answer
    const sentence = `${answer.sentence} Left as it is, because what became of its change is not known: ${left.join(', ')}.`
    return { ...answer, sentence }
  },
})

const ofPlan = { cluster: '', ref: null, draft: null, states: [], id: null, before: null, limit: 100 } as const
