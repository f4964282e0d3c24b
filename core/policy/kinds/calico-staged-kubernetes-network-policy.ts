import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import { field, readerOf, refOf } from '../read'
import { checkHead } from '../read-head'
import { inBothGroups } from './calico-group'
import { checkDeletes, stagedActionAt, withoutAction } from './calico-policy'
import { networkPolicy } from './network-policy'

/** What a NetworkPolicy of Kubernetes would be, or that it would be gone. */
export const calicoStagedKubernetesNetworkPolicy: readonly PolicyKind[] = inBothGroups({
  kind: 'StagedKubernetesNetworkPolicy',
  plural: 'stagedkubernetesnetworkpolicies',
  namespaced: true,
  parse,
})

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'StagedKubernetesNetworkPolicy', true)
  const spec = field(at, 'spec')
  const action = stagedActionAt(spec)
  if (action === 'Delete') checkDeletes(spec, [])
  if (at.problems.length > 0) return { problems: at.problems }
  const staged = networkPolicy.parse({ ...object, apiVersion: 'networking.k8s.io/v1', spec: withoutAction(spec).value })
  if ('problems' in staged) return staged
  return {
    meaning: (catalogue) => {
      const enforced = staged.meaning(catalogue)
      return {
        ...enforced,
        ref,
        mode: 'staged',
        replaces: action === 'Ignore' ? null : enforced.ref,
        blocks: action === 'Delete' || action === 'Ignore' ? [] : enforced.blocks,
      }
    },
  }
}
