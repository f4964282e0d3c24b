import type { ModelCatalogue } from '../catalogue'
import { hasBit } from '../index/bitset'
import { type PolicyIndex, subjectsOf } from '../index/policy-index'
import { type ModelObject, workloadKey } from '../model'
import { refKey } from '../normal-form'
import type { PolicyChange } from '../policy-change'
import { readPolicy } from '../read-policy'
import type { DraftSelection } from './answer'
import { objectKeys, refOfChange } from './changed-model'

/** Whom each object of a draft selects, and whom not any more. O(its blocks × workloads). */
export function draftSelections(
  before: ModelCatalogue,
  after: ModelCatalogue,
  index: PolicyIndex,
  changes: readonly PolicyChange[],
): readonly DraftSelection[] {
  const name = (i: number) => index.table.workloads[i]
  return changes.flatMap((change): readonly DraftSelection[] => {
    const ref = refOfChange(change)
    const key = refKey(ref)
    const old = before.model.objects[objectKeys(before.model.objects).indexOf(key)]
    const was = selectedBy(old, before, index)
    const is = selectedBy(change.change === 'put' ? change.object : undefined, after, index)
    if (!was && !is) return []
    const names = (numbers: Iterable<number>) => [...numbers].flatMap((i) => name(i) ?? []).map(workloadKey)
    const [sureWas, sureIs] = [was?.sure ?? new Set<number>(), is?.sure ?? new Set<number>()]
    return [
      {
        ref,
        selects: names(sureIs),
        perhaps: names(is?.perhaps ?? []),
        added: names([...sureIs].filter((i) => !sureWas.has(i))),
        removed: names([...sureWas].filter((i) => !sureIs.has(i) && is?.perhaps.has(i) !== true)),
      },
    ]
  })
}

/** null: no object, or one that cannot be read or decides nothing by itself. */
function selectedBy(object: ModelObject | undefined, catalogue: ModelCatalogue, { table, find }: PolicyIndex) {
  const { policy, unread } = object ? readPolicy(object, catalogue) : {}
  if (!policy || unread) return null
  const sure = new Set<number>()
  const may = new Set<number>()
  for (const block of policy.blocks)
    for (const { i } of subjectsOf(block, table, find)) {
      const workload = table.workloads[i]
      if (workload && hasBit(find(block.subject, workload).sure, i)) sure.add(i)
      else may.add(i)
    }
  return { sure, perhaps: new Set([...may].filter((i) => !sure.has(i))) }
}
