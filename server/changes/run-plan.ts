import { z } from 'zod'
import type { Expectation } from '@/core/policy/apply/expectation'
import { type PlanOutcome, planOutcomes, type WriteResult } from '@/core/policy/apply/write-result'
import type { Actor } from '@/server/change'
import { KubeWriteError, objectWords } from '@/server/kubernetes/write-error'
import type { WriteClient } from '@/server/kubernetes/write'
import { writeResultSchema } from '@/server/views/schemas/policy-write'
import { performPolicyChange, triedResult } from './perform-policy-change'
import type { PreparedChange } from './prepare-policy-change'

/** What became of a plan. */
export const planAnswerSchema = z.strictObject({
  outcome: z.enum(planOutcomes).describe('partly: it stopped at a failure, and what was done before stands.'),
  sentence: z.string().describe('What stands, for people.'),
  plan: z.number().nullable().describe('Number of the plan in policies/changes; null where nothing was sent.'),
  results: z.array(writeResultSchema).describe('In the order in which they are, or would be, made.'),
})
export type PlanAnswer = z.output<typeof planAnswerSchema>

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

/** One change of a plan that was tried; `prepared` null: it was refused. */
export type Try = { readonly result: WriteResult; readonly prepared: PreparedChange | null }

/** Prepares a change; a refusal becomes its result. Throws what is no answer of the API server. */
export async function tryChange(
  of: Pick<WriteResult, 'ref' | 'change'>,
  prepare: () => Promise<PreparedChange>,
): Promise<Try> {
  try {
    const prepared = await prepare()
    return { prepared, result: triedResult(prepared) }
  } catch (thrown) {
    if (!(thrown instanceof KubeWriteError)) throw thrown
    return { prepared: null, result: { ...nothingDone, ...of, state: 'refused', problem: thrown.problem } }
  }
}

const nothingDone = {
  changeId: null,
  before: null,
  after: null,
  fields: [],
  warnings: [],
  resourceVersion: null,
} as const

/** Makes what was tried, one after the other until one fails, unless it is a dry run or something of it was refused. @param write writes the plan down and returns its number; nothing is sent without it */
export async function runPlan(
  { note }: Pick<Actor, 'note'>,
  client: WriteClient,
  tries: readonly Try[],
  dryRun: boolean,
  write: () => Promise<number>,
): Promise<PlanAnswer> {
  const tried = tries.map(({ result }) => result)
  // Answers that nothing is changed are no success in the audit. What a plan came to is told there by its changes.
  const problem = tried.find((one) => one.problem !== null)?.problem
  if (problem) note({ result: problem.code === 'forbidden' ? 'refused' : 'failed', reason: problem.sentence })
  if (dryRun) return { ...conclusion(tried, true), plan: null }
  if (tries.some(({ result }) => result.problem)) return { ...conclusion(tries.map(notTried), false), plan: null }
  const prepared = tries.flatMap((one) => one.prepared ?? [])
  if (prepared.every(({ act }) => act === 'none')) {
    const told = conclusion(tried, false)
    note({ result: 'unchanged', reason: told.sentence })
    return { ...told, plan: null }
  }
  const plan = await write()
  return { ...conclusion(await performAll(client, prepared, plan), false), plan }
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

type Conclusion = { readonly outcome: PlanOutcome; readonly sentence: string; readonly results: WriteResult[] }

/** What stands, in one sentence. */
function conclusion(results: WriteResult[], dryRun: boolean): Conclusion {
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
