import { metadataText, sameManifest } from '@/core/policy/apply/manifest'
import { lastWriter } from '@/core/policy/apply/managed-fields'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { ModelObject } from '@/core/policy/model'
import type { Scope } from '@/core/scope'
import { database } from '@/server/database'
import { readPolicyChanges, type StoredPolicyChange } from '@/server/db/policy/read-policy-changes'
import { withScope } from '@/server/wall'
import { timeWords, writerWords } from './policy-problems'

/**
 * Who made an object what it is now, as ` by bob at 2026-03-01 10:12:05 UTC (change 12)`: the person where Oriel did it
 * for them, else its last field manager; '' where nobody is known. Of an object that is no longer there, who deleted the
 * one with this uid.
 */
export type WriterWords = (ref: PolicyRef, now: ModelObject | null, uid?: string | null) => Promise<string>

/** By the changes of a cluster that may be seen within a scope. */
export const writersWithin =
  (cluster: string, scope: Scope): WriterWords =>
  async (ref, now, uid = null) => {
    const last = await lastChange(cluster, ref, scope)
    if (last && (now ? isAsLeft(last, now) : last.change === 'delete' && last.uid === uid))
      return ` by ${last.by} at ${timeWords(last.completedAt ?? last.at)} (change ${last.id})`
    return writerWords(now && lastWriter(now))
  }

async function lastChange(cluster: string, ref: PolicyRef, scope: Scope): Promise<StoredPolicyChange | undefined> {
  const newest = {
    cluster,
    ref,
    plan: null,
    draft: null,
    states: ['applied'],
    id: null,
    before: null,
    limit: 1,
  } as const
  return (await withScope(scope, () => readPolicyChanges(database(), newest, scope)))[0]
}

/** Whether an object is still as a change left it. */
export const isAsLeft = ({ uid, resourceVersion, after }: StoredPolicyChange, now: ModelObject): boolean =>
  metadataText(now, 'uid') === uid &&
  (metadataText(now, 'resourceVersion') === resourceVersion || (after !== null && sameManifest(now, after)))
