import { shownManifest, metadataText } from '@/core/policy/apply/manifest'
import { settle } from '@/core/policy/apply/settle'
import { everything } from '@/core/scope'
import { completePolicyChange } from '@/server/db/policy/complete-policy-change'
import { readOpenPolicyChanges } from '@/server/db/policy/read-open-policy-changes'
import { readPolicyChange, type StoredPolicyChange } from '@/server/db/policy/read-policy-changes'
import { database } from '@/server/database'
import { toError } from '@/server/errors'
import { sameIdentity } from '@/server/identity'
import { fieldManager, readObject } from '@/server/kubernetes/write'
import { targetOfRef } from '@/server/kubernetes/write-target'
import { log } from '@/server/log'
import { policyClient } from './may-change-policy'

/** Longer than a request to the API server may take, so that a change that is under way in another process is left alone. */
const settledAfterSeconds = 60
const everyMs = 30_000
const givenUpAfterMs = 24 * 3_600_000

/** Looks after changes that a process wrote down and did not complete, at once and every half minute, for as long as the process lives. */
export function keepReconciling(): void {
  const run = () =>
    void reconcilePolicyChanges(settledAfterSeconds).catch((thrown: unknown) =>
      log.warn({ error: toError(thrown).message }, 'open changes of policies could not be looked after'),
    )
  run()
  setInterval(run, everyMs).unref()
}

/** Completes what was written down so long ago by reading the objects, as who changed them. Returns how many were completed. */
export async function reconcilePolicyChanges(olderThanSeconds: number): Promise<number> {
  let completed = 0
  for (const id of await readOpenPolicyChanges(database(), olderThanSeconds)) {
    const row = await readPolicyChange(database(), id, everything)
    if (row && (await reconcile(row))) completed++
  }
  return completed
}

async function reconcile(row: StoredPolicyChange): Promise<boolean> {
  try {
    const target = targetOfRef(row.ref, row.apiVersion)
    const now = await readObject(policyClient({ kubernetes: sameIdentity(row.actedAs) }, row.cluster), target)
    const { state, error } = settle(row, now, fieldManager)
    const kept = state === 'applied' && row.change !== 'delete' ? now : null
    return await completePolicyChange(database(), row.id, {
      state,
      error,
      warnings: [],
      after: kept && shownManifest(kept),
      uid: metadataText(kept ?? row.before ?? {}, 'uid') || null,
      resourceVersion: kept && metadataText(kept, 'resourceVersion'),
    })
  } catch (thrown) {
    const error = toError(thrown).message
    log.warn({ change: row.id, error }, 'what became of a change of a policy is still not known')
    return Date.now() - row.at > givenUpAfterMs ? giveUp(row.id, error) : false
  }
}

const giveUp = (id: number, why: string): Promise<boolean> =>
  completePolicyChange(database(), id, {
    state: 'unknown',
    error: `The object could not be read for a day: ${why}`,
    warnings: [],
    after: null,
    uid: null,
    resourceVersion: null,
  })
