import { inScope } from '@/core/scope'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { Actor } from '@/server/change'
import { clusterConnection } from '@/server/cluster-connection'
import { AppError } from '@/server/errors'
import type { WriteClient } from '@/server/kubernetes/write'

/** Whether this person may change these objects, as far as Oriel knows; the cluster has its own say. Throws AppError('forbidden'). */
export function mayChangePolicy({ asker }: Actor, cluster: string, refs: readonly PolicyRef[]): void {
  const { sees, edits } = asker.rights
  for (const { kind, namespace, name } of refs) {
    if (edits.all || (namespace !== null && inScope(edits, { cluster, namespace }))) continue
    const what =
      namespace === null
        ? `${kind} ${name} is about the whole cluster`
        : inScope(sees, { cluster, namespace })
          ? `You see namespace ${namespace} and have no role that edits it`
          : `Namespace ${namespace} is none of yours`
    throw new AppError('forbidden', `${what}, so you may not change it. Ask who may.`)
  }
}

/** The API server of a cluster, as this person. Throws AppError where changes are off or there is no such server. */
export function policyClient({ kubernetes }: Pick<Actor, 'kubernetes'>, cluster: string): WriteClient {
  if ('off' in kubernetes) throw new AppError('forbidden', kubernetes.off)
  return { connection: clusterConnection(cluster), as: kubernetes.as }
}
