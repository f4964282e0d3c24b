import { inScope } from '@/core/scope'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { Actor } from '@/server/change'
import { clusterConnection } from '@/server/cluster-connection'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import type { WriteClient } from '@/server/kubernetes/write'

const howToTurnOn =
  'Set kubernetes.actAs (ORIEL_ACT_AS) to a user and groups to act as, or to “own” for the account of the kubeconfig.'

/** Why nobody can change policies through this console; null where somebody can. */
export const changesAreOff = (as: ActedAs | null): string | null =>
  as === null && env().kubernetes.actAs !== 'own'
    ? `Changing policies is turned off: nobody is named to act as. ${howToTurnOn}`
    : null

/** Whether this person may change these objects, as far as Oriel knows; the cluster has its own say. Throws AppError('forbidden'). */
export function mayChangePolicy({ scope }: Actor, cluster: string, refs: readonly PolicyRef[]): void {
  for (const { kind, namespace, name } of refs) {
    if (scope.all || (namespace !== null && inScope(scope, { cluster, namespace }))) continue
    const what =
      namespace === null ? `${kind} ${name} is about the whole cluster` : `Namespace ${namespace} is none of yours`
    throw new AppError('forbidden', `${what}, so you may not change it. Ask who may see it.`)
  }
}

/** The API server of a cluster, as this person. Throws AppError where changes are off or there is no such server. */
export function policyClient({ kubernetes }: Pick<Actor, 'kubernetes'>, cluster: string): WriteClient {
  const off = changesAreOff(kubernetes)
  if (off !== null) throw new AppError('forbidden', off)
  return { connection: clusterConnection(cluster), as: kubernetes }
}
