import { z } from 'zod'
import type { Expectation } from '@/core/policy/apply/expectation'
import { orderOfChanges } from '@/core/policy/apply/order'
import { type PlanOutcome, planOutcomes, type WriteResult } from '@/core/policy/apply/write-result'
import { refKey } from '@/core/policy/normal-form'
import { type Actor, change } from '@/server/change'
import { writePolicyPlan } from '@/server/db/write-policy-plan'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import type { WriteClient } from '@/server/kubernetes/write'
import { KubeWriteError, objectWords } from '@/server/kubernetes/write-error'
import { writeResultSchema } from '@/server/views/schemas/policy-write'
import { mayChangePolicy, policyClient } from './may-change-policy'
import { type AskedChange, askedChangeSchema, clusterName, expectationsSchema, reasonSchema } from './policy-input'
import { performPolicyChange, triedResult } from './perform-policy-change'
import { policyNote } from './policy-note'
import { type PreparedChange, preparePolicyChange, targetOfChange } from './prepare-policy-change'

const answer = z.strictObject({
  outcome: z.enum(planOutcomes).describe('partly: it stopped at a failure, and what was done before stands.'),
  sentence: z.string().describe('What stands, for people.'),
  plan: z.number().nullable().describe('Number of the plan in policies/changes; null where nothing was sent.'),
  results: z.array(writeResultSchema).describe('In the order in which they are, or would be, made.'),
})

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
  answer,
  run: async ({ cluster, changes, dryRun, draft, reason, expected }, actor) => {
    const refs = changes.map((asked) => targetOfChange(asked).ref)
    actor.note({ ...policyNote(cluster, refs), ...(dryRun && { action: 'policy.tried' }) })
    if (new Set(refs.map(refKey)).size < refs.length)
      throw new AppError('invalid', 'changes: an object is named twice. Make one change of it.')
    mayChangePolicy(actor, cluster, refs)
    const client = policyClient(actor, cluster)
    const ordered = orderOfChanges(changes.map(plain)).flatMap((i) => changes[i] ?? [])
    const tries = await tryAll(client, ordered)
    noteProblem(actor, tries)
    if (dryRun)
      return {
        ...conclusion(
          tries.map(({ result }) => result),
          true,
        ),
        plan: null,
      }
    if (tries.some(({ result }) => result.problem)) return { ...conclusion(tries.map(notTried), false), plan: null }
    const prepared = tries.flatMap((one) => one.prepared ?? [])
    if (prepared.every(({ act }) => act === 'none'))
      return {
        ...conclusion(
          tries.map(({ result }) => result),
          false,
        ),
        plan: null,
      }
    const plan = await writePolicyPlan(database(), planOf(actor, client, cluster, { draft, reason, expected }))
    return { ...conclusion(await performAll(client, prepared, plan), false), plan }
  },
})

/** Answers that nothing is changed are no success in the audit. What a plan came to is told there by its changes. */
function noteProblem({ note }: Actor, tries: readonly Try[]): void {
  const problem = tries.map(({ result }) => result.problem).find((one) => one !== null)
  if (problem) note({ result: problem.code === 'forbidden' ? 'refused' : 'failed', reason: problem.sentence })
}

type PlanParts = { readonly draft: number | null; readonly reason: string; readonly expected: readonly Expectation[] }

/** Who makes a plan, and why, for the audit. */
export const planOf = (
  actor: Actor,
  { as }: WriteClient,
  cluster: string,
  parts: PlanParts,
  undoOf: number | null = null,
) => ({
  cluster,
  by: actor.name,
  actedAs: as,
  from: actor.request.from,
  requestId: actor.request.id,
  undoOf,
  ...parts,
})

const plain = (asked: AskedChange) =>
  asked.change === 'put' ? { change: asked.change, object: asked.object } : { change: asked.change, ref: asked.ref }

type Try = { readonly result: WriteResult; readonly prepared: PreparedChange | null }

/** Tries each change, also after one that fails, so that everything that is wrong is told at once. */
async function tryAll(client: WriteClient, changes: readonly AskedChange[]): Promise<Try[]> {
  const tries: Try[] = []
  for (const asked of changes) {
    try {
      const prepared = await preparePolicyChange(client, asked)
      tries.push({ prepared, result: triedResult(prepared) })
    } catch (thrown) {
      if (!(thrown instanceof KubeWriteError)) throw thrown
      tries.push({ prepared: null, result: { ...nothingDone(asked), state: 'refused', problem: thrown.problem } })
    }
  }
  return tries
}

/** Of a plan that is refused before anything of it is sent. */
const notTried = ({ result }: Try): WriteResult =>
  result.problem ? result : { ...result, state: 'not-tried', after: null }

async function performAll(
  client: WriteClient,
  prepared: readonly PreparedChange[],
  plan: number,
): Promise<WriteResult[]> {
  const results: WriteResult[] = []
  for (const one of prepared) {
    const stopped = results.some(({ state }) => state === 'refused' || state === 'unknown')
    if (stopped) results.push({ ...triedResult(one), state: 'not-tried', after: null, fields: [] })
    else results.push(await performPolicyChange(client, one, plan))
  }
  return results
}

const nothingDone = (asked: AskedChange): Omit<WriteResult, 'state' | 'problem'> => ({
  ref: targetOfChange(asked).ref,
  change: asked.change,
  changeId: null,
  before: null,
  after: null,
  fields: [],
  warnings: [],
  resourceVersion: null,
})

type Conclusion = { readonly outcome: PlanOutcome; readonly sentence: string; readonly results: WriteResult[] }

/** What stands, in one sentence. */
export function conclusion(results: WriteResult[], dryRun: boolean): Conclusion {
  const done = results.filter(({ changeId, state }) => changeId !== null && state !== 'refused' && state !== 'unknown')
  const stopped = results.find(({ problem }) => problem !== null)
  if (!stopped) {
    const changed = results.filter(({ state }) => state !== 'unchanged').length
    const what =
      changed === 0 ? 'Everything is so already; nothing' : `${changed} ${changed === 1 ? 'object' : 'objects'}`
    return dryRun
      ? { outcome: 'would-apply', sentence: `${what} would be changed. The API server accepts all of it.`, results }
      : { outcome: 'applied', sentence: `${what} was changed.`.replace('objects was', 'objects were'), results }
  }
  const why = stopped.problem?.sentence ?? ''
  if (done.length === 0 && stopped.state !== 'unknown')
    return {
      outcome: 'refused',
      sentence: `${dryRun ? 'This would be refused' : 'Nothing was changed'}. ${why}`,
      results,
    }
  const names = done.map((result) => objectWords({ ref: result.ref })).join(', ')
  const stands = done.length === 0 ? '' : ` What was done before stands: ${names}.`
  return { outcome: 'partly', sentence: `It stopped at ${objectWords({ ref: stopped.ref })}. ${why}${stands}`, results }
}
