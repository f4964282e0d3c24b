import type { GroundQuestion } from '@/core/policy/build-ground'
import type { PolicyGround } from '@/core/policy/ground'
import { bothScopes, everything, type Scope, seesCluster } from '@/core/scope'
import { floorTo, tierMs, type Window } from '@/core/time'
import { readInventoryClusters } from '@/server/db/inventory/read-inventory-clusters'
import { readLastChange } from '@/server/db/policy/read-last-change'
import { database } from './database'
import { AppError } from './errors'
import { firstData } from './first-data'
import { clusterParam, type TimeParams } from './params'
import { loadPolicyGround, policyKindNames } from './policy-ground'
import { pastTheWall, wallScope } from './wall'
import { settleWindow } from './windowed'

/** A question about the policies of a cluster, fixed. Equal ones are answered once. */
export type PolicyQuestion = {
  /** '' : the first that the asker may see. */
  readonly cluster: string
  readonly at: number
  readonly period: Window
}

export const policyClusterParam = clusterParam.describe('The cluster; without, the first by name.')

const month = 30 * tierMs['1d']

/**
 * Fixes what moves: objects as of the end of the window (of a live one: as of now), traffic of its last 30 days. A live
 * question moves by the minute (of a short window by ten seconds), and at once when a policy changes. Throws AppError('not_found') for a recording.
 */
export async function settlePolicies<P extends TimeParams & { readonly cluster: string }>(
  params: P,
): Promise<Omit<P, keyof TimeParams> & PolicyQuestion> {
  const { last, from, to: until, recording, ...rest } = params
  if (recording !== undefined)
    throw new AppError(
      'not_found',
      'A recording holds traffic and no objects of a cluster, so its policies are not known. Look at live data.',
    )
  const { window } = await settleWindow({ last, from, to: until })
  const isLive = from === undefined
  const step = tierMs[window.to - window.from > tierMs['1h'] ? '1m' : '10s']
  const to = isLive ? floorTo(window.to, step) : window.to
  const start = Math.max(isLive ? floorTo(window.from, step) : window.from, to - month)
  const now = isLive ? Date.now() : window.to
  const changed = await readLastChange(
    database(),
    await readInventoryClusters(database()),
    policyKindNames,
    now,
    everything,
  )
  // A moment shows what was there before it, so what changed is there from the next one on.
  const at = isLive && changed !== null ? Math.max(to, Math.floor(changed) + 1) : to
  return { ...rest, at, period: { from: Math.min(start, to - step), to } }
}

/** Clusters whose objects are read, as the scope may see them. */
export function policyClusters(scope: Scope): Promise<readonly string[]> {
  return pastTheWall(
    () => readInventoryClusters(database()),
    (all, wall) => all.filter(seesCluster(bothScopes(scope, wall))),
  )
}

/** What a question stands on, and the clusters to choose from; `ground` null where no cluster's objects are read. Throws AppError('not_found') for a cluster that is not there. */
export async function loadPolicies(
  question: PolicyQuestion,
  scope: Scope,
): Promise<{ readonly ground: PolicyGround | null; readonly clusters: readonly string[] }> {
  const clusters = await policyClusters(scope)
  const cluster = question.cluster === '' ? clusters[0] : question.cluster
  if (cluster === undefined) return { ground: null, clusters }
  if (!clusters.includes(cluster))
    throw new AppError('not_found', 'No objects of this cluster are read, or you may not see any of it.')
  return { ground: await loadPolicyGround(await groundQuestion(cluster, question, scope), scope), clusters }
}

async function groundQuestion(cluster: string, { at, period }: PolicyQuestion, scope: Scope): Promise<GroundQuestion> {
  const seen = bothScopes(scope, wallScope())
  // Of policies of the whole cluster, which are nobody's, the time counts as well.
  const [lastChange, recordedFrom] = await Promise.all([
    pastTheWall(
      () => readLastChange(database(), [cluster], policyKindNames, at, seen),
      (last) => last,
    ),
    firstData(),
  ])
  return { cluster, at, period, lastChange, recordedFrom }
}

/** The same where there must be one. */
export async function loadKnownPolicies(question: PolicyQuestion, scope: Scope): Promise<PolicyGround> {
  const { ground } = await loadPolicies(question, scope)
  if (ground) return ground
  throw new AppError('not_found', 'No Kubernetes API is read, so no policies are known. Sources says how to add one.')
}
