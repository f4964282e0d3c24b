import { changedPaths, metadataText, shownManifest } from '@/core/policy/apply/manifest'
import type { WriteResult, WriteState } from '@/core/policy/apply/write-result'
import type { ModelObject } from '@/core/policy/model'
import { completePolicyChange, type PolicyChangeEnd } from '@/server/db/policy/complete-policy-change'
import { writePolicyChange } from '@/server/db/policy/write-policy-change'
import { database } from '@/server/database'
import { toError } from '@/server/errors'
import { applyObject, deleteObject, replaceObject, type WriteClient, type Written } from '@/server/kubernetes/write'
import { KubeWriteError, objectWords, writeProblem } from '@/server/kubernetes/write-error'
import { log } from '@/server/log'
import { preconditionsOf, type PreparedChange } from './prepare-policy-change'

/** What a prepared change would come to. */
export function triedResult(prepared: PreparedChange): WriteResult {
  const { target, change, act, before, after, warnings } = prepared
  return {
    ref: target.ref,
    change,
    state: stateOf[act],
    changeId: null,
    before: before && shownManifest(before),
    after: after && shownManifest(after),
    fields: changedPaths(before, after),
    warnings,
    resourceVersion: after && (metadataText(after, 'resourceVersion') || null),
    problem: null,
  }
}

const stateOf: Readonly<Record<PreparedChange['act'], WriteState>> = {
  create: 'created',
  apply: 'updated',
  replace: 'updated',
  delete: 'deleted',
  none: 'unchanged',
}

/** Writes the change down as intended, sends it, and completes what is written. Never throws for what the API server says. Throws AppError where nothing could be written down; then nothing was sent. */
export async function performPolicyChange(
  client: WriteClient,
  prepared: PreparedChange,
  plan: number,
): Promise<WriteResult> {
  const tried = triedResult(prepared)
  if (prepared.act === 'none') return tried
  const changeId = await writePolicyChange(database(), {
    plan,
    ref: prepared.target.ref,
    apiVersion: prepared.target.apiVersion,
    change: prepared.change === 'delete' ? 'delete' : prepared.before ? 'update' : 'create',
    before: tried.before,
    after: tried.after,
    fields: tried.fields,
    tookOver: prepared.tookOver,
    overrode: prepared.overrode,
  })
  try {
    const { object, warnings } = await send(client, prepared)
    const after = object && shownManifest(object)
    await complete(changeId, {
      state: 'applied',
      error: '',
      warnings,
      after,
      uid: metadataText(object ?? prepared.before ?? {}, 'uid'),
      resourceVersion: object ? metadataText(object, 'resourceVersion') : null,
    })
    const resourceVersion = after ? metadataText(after, 'resourceVersion') : null
    return { ...tried, changeId, after, warnings, resourceVersion, fields: changedPaths(prepared.before, after) }
  } catch (thrown) {
    if (!(thrown instanceof KubeWriteError)) throw thrown
    return { ...tried, changeId, ...(await failed(changeId, prepared, thrown)) }
  }
}

/** A refusal is a failure. Where nothing was heard it may have been done: the row stays open and is looked after later. */
async function failed(
  changeId: number,
  { target, before }: PreparedChange,
  error: KubeWriteError,
): Promise<Pick<WriteResult, 'state' | 'after' | 'problem' | 'resourceVersion'>> {
  const nothing = { after: before && shownManifest(before), resourceVersion: null }
  if (error.problem.code === 'unreachable' && !neverSent(error)) {
    const sentence = `What became of ${objectWords(target)} is not known yet: ${error.message} Oriel looks at it again within two minutes; the list of changes tells.`
    return { ...nothing, state: 'unknown', problem: writeProblem('unreachable', sentence) }
  }
  const end = {
    state: 'failed',
    error: error.message,
    warnings: [],
    after: null,
    uid: null,
    resourceVersion: null,
  } as const
  await complete(changeId, end)
  return { ...nothing, state: 'refused', problem: error.problem }
}

async function send(
  client: WriteClient,
  prepared: PreparedChange,
): Promise<Pick<Written, 'warnings'> & { readonly object: ModelObject | null }> {
  const { target, act, body, before, force } = prepared
  if (act === 'delete' && before)
    return { object: null, ...(await deleteObject(client, target, preconditionsOf(before), false)) }
  if (act === 'replace' && body) return replaceObject(client, target, body, false)
  return applyObject(client, target, body ?? {}, { dryRun: false, force, creates: act === 'create' })
}

/** What was done is done: a row that cannot be completed now is completed later (reconcile-policy-changes.ts). */
async function complete(id: number, end: PolicyChangeEnd): Promise<void> {
  await completePolicyChange(database(), id, end).catch((thrown: unknown) =>
    log.error(
      { change: id, state: end.state, error: toError(thrown).message },
      'a change of a policy could not be completed in the audit',
    ),
  )
}

const refusedBeforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Whether the request cannot have reached the API server. */
function neverSent(error: KubeWriteError): boolean {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string' && refusedBeforeSending.has(cause.code)) return true
  return false
}
