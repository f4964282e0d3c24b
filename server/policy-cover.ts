import { kindOfSource } from '@/core/sources/kind-source'
import { policyCover } from '@/core/policy/policy-cover'
import type { Scope } from '@/core/scope'
import { readPolicySelectors } from '@/server/db/policy/read-policy-selectors'
import { readSources } from '@/server/db/sources/read-sources'
import { database } from './database'
import type { When } from './when'

/** Names of the NetworkPolicies that select a workload, by endpointKey, and the clusters whose policies are known. */
export type PolicyCover = {
  readonly byWorkload: ReadonlyMap<string, readonly string[]>
  readonly clusters: ReadonlySet<string>
}

/** As of the end of the window. A recording has no inventory, so nothing is known of it. */
export async function loadPolicyCover({ window, recording }: When, scope: Scope): Promise<PolicyCover> {
  if (recording !== null) return { byWorkload: new Map(), clusters: new Set() }
  const [{ policies, pods }, sources] = await Promise.all([
    readPolicySelectors(database(), window.to, scope),
    readSources(database()),
  ])
  const watched = sources.filter(
    ({ id, type, lastEventAt }) =>
      type === 'kubernetes' && kindOfSource(id) === 'NetworkPolicy' && lastEventAt !== null,
  )
  return { byWorkload: policyCover(policies, pods), clusters: new Set(watched.map(({ cluster }) => cluster)) }
}
