import { z } from 'zod'
import { metadataText, sameManifest } from '@/core/policy/apply/manifest'
import { lastWriter, managersOf } from '@/core/policy/apply/managed-fields'
import type { ModelObject } from '@/core/policy/model'
import { type Actor, change } from '@/server/change'
import { readPolicyChange, type StoredPolicyChange } from '@/server/db/read-policy-changes'
import { writePolicyPlan } from '@/server/db/write-policy-plan'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { withScope } from '@/server/wall'
import { readObject, type WriteClient } from '@/server/kubernetes/write'
import { KubeWriteError, objectWords, writeProblem } from '@/server/kubernetes/write-error'
import { targetOfRef, type WriteTarget } from '@/server/kubernetes/write-target'
import { writeResultSchema } from '@/server/views/schemas/policy-write'
import { planOf } from './apply-policy'
import { mayChangePolicy, policyClient } from './may-change-policy'
import { performPolicyChange, triedResult } from './perform-policy-change'
import { reasonSchema } from './policy-input'
import { policyNote } from './policy-note'
import { timeWords, writerWords } from './policy-problems'
import { type PreparedChange, prepareDeletion, prepareNew, prepareUpdate } from './prepare-policy-change'

/** Takes back a change, where the object is still as the change left it. */
export const undoPolicyChange = change({
  name: 'undoPolicyChange',
  method: 'POST',
  path: 'policies/changes/{id}/undo',
  summary: 'Puts an object back as it was before a change, if nobody changed it since.',
  audit: 'policy.undone',
  input: z.strictObject({
    id: z.coerce
      .number('give the number of a change')
      .int()
      .min(1)
      .max(2_147_483_647)
      .describe('Number of the change.'),
    dryRun: z.boolean().default(false),
    reason: reasonSchema,
  }),
  answer: z.strictObject({
    plan: z.number().nullable().describe('null for a dry run.'),
    result: writeResultSchema,
  }),
  run: async ({ id, dryRun, reason }, actor) => {
    actor.note({ target: `change ${id}`, ...(dryRun && { action: 'policy.tried' }) })
    const row = await undoable(id, actor)
    actor.note(policyNote(row.cluster, [row.ref]))
    const client = policyClient(actor, row.cluster)
    const prepared = await prepareUndo(client, row)
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

const opposites = { allowed: 'denied', denied: 'allowed', 'stays-allowed': 'stays-allowed' } as const

/** What the change was said to do, the other way round. */
const opposite = ({ expected }: StoredPolicyChange) =>
  expected.map(({ edge, becomes }) => ({
    edge,
    becomes: opposites[becomes],
  }))

async function undoable(id: number, actor: Actor): Promise<StoredPolicyChange> {
  const row = await withScope(actor.scope, () => readPolicyChange(database(), id, actor.scope))
  if (!row) throw new AppError('not_found', 'There is no such change.')
  mayChangePolicy(actor, row.cluster, [row.ref])
  if (row.undoneBy !== null) throw new AppError('conflict', `This was undone already, by change ${row.undoneBy}.`)
  if (row.state === 'applied') return row
  const why = {
    intended: 'What became of this change is not known yet. Look again in a minute.',
    failed: 'This change was never made, so there is nothing to undo.',
    unknown: 'What became of this change is not known, so it is not undone. Open the object and look.',
  }[row.state]
  throw new AppError('conflict', why)
}

async function prepareUndo(client: WriteClient, row: StoredPolicyChange): Promise<PreparedChange> {
  const target = targetOfRef(row.ref, row.apiVersion)
  const now = await readObject(client, target)
  if (row.change === 'delete') {
    if (now) throw new KubeWriteError(problemOf('exists', target, now, 'There is one again'))
    return prepareNew(client, target, row.before ?? {})
  }
  if (!now)
    throw new KubeWriteError(
      writeProblem('gone', `${objectWords(target)} was deleted since, so there is nothing to undo.`),
    )
  if (!isAsLeft(row, now)) throw new KubeWriteError(problemOf('changed', target, now, 'It was changed since'))
  if (row.change === 'create') return prepareDeletion(client, target, now, null)
  // It is as this change left it, so whatever differs from before is this change's own.
  const takeOver = managersOf(now).map(({ manager }) => manager)
  return prepareUpdate(client, target, now, { object: row.before ?? {}, takeOver }, null)
}

const isAsLeft = ({ uid, resourceVersion, after }: StoredPolicyChange, now: ModelObject): boolean =>
  metadataText(now, 'uid') === uid &&
  (metadataText(now, 'resourceVersion') === resourceVersion || (after !== null && sameManifest(now, after)))

/** Who stands in the way of an undo. */
function problemOf(code: 'exists' | 'changed', target: WriteTarget, now: ModelObject, what: string) {
  const by = lastWriter(now)
  const created = metadataText(now, 'creationTimestamp')
  const when = by === null && created !== '' ? ` at ${timeWords(Date.parse(created))}` : writerWords(by)
  return writeProblem(
    code,
    `${objectWords(target)} is not as this change left it. ${what}${when}; an undo would take that back too. Open it and change it there.`,
    { changedBy: by },
  )
}
