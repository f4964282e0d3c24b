import type { PolicyVerdict } from '../decision'
import type { PolicyGround } from '../ground'
import { hasBit } from '../index/bitset'
import { edgeVerdict } from '../index/replay'
import type { ModelObject } from '../model'
import { type Direction, type PolicyRef, refKey } from '../normal-form'
import { readPolicy } from '../read-policy'
import { draftCompiled, type PreparedGround } from '../what-if'
import type { EffectEnd } from './answer'
import { changedModel, objectKeys } from './changed-model'
import { effectEnd } from './ground-end'
import { suggestedAtAnnotation } from './ground-suggestions'

/** A policy, and since when it is as it is: when it was suggested, or last changed. */
export type DriftRequest = {
  readonly object: ModelObject
  readonly since: number
  readonly because: 'suggested' | 'changed'
}

/** What traffic of whom a policy selects was never seen before it was made. */
export type Drift = {
  readonly since: number
  readonly because: DriftRequest['because']
  /** Whether the period reaches back far enough to tell what is new. */
  readonly told: boolean
  /** Most connections first. */
  readonly edges: readonly DriftEdge[]
}

export type DriftEdge = {
  readonly id: string
  readonly direction: Direction
  readonly from: EffectEnd
  readonly to: EffectEnd
  readonly protocol: string
  readonly port: number | null
  readonly count: number
  readonly first: number
  readonly last: number
  /** Of all policies with this one. */
  readonly verdict: PolicyVerdict
  readonly witness: string
}

/** The question of a policy that the cluster has; null: it has none of this name. */
export function driftRequestOf({ model, records }: PolicyGround, ref: PolicyRef): DriftRequest | null {
  const at = objectKeys(model.objects).indexOf(refKey(ref))
  const object = model.objects[at]
  if (!object) return null
  const suggested = suggestedAt(object)
  const record = records[at]
  if (suggested !== null) return { object, since: suggested, because: 'suggested' }
  return record ? { object, since: record.changedAt, because: 'changed' } : null
}

function suggestedAt({ metadata }: ModelObject): number | null {
  const annotations =
    typeof metadata === 'object' && metadata !== null && 'annotations' in metadata ? metadata.annotations : null
  if (typeof annotations !== 'object' || annotations === null) return null
  const text: unknown = Object.entries(annotations).find(([key]) => key === suggestedAtAnnotation)?.[1]
  const time = typeof text === 'string' ? Date.parse(text) : NaN
  return Number.isNaN(time) ? null : time
}

/** Edges of whom the policy isolates that were first seen after it was made. O(edges). */
export function driftOf(prepared: PreparedGround, { object, since, because }: DriftRequest): Drift {
  const { ground } = prepared
  const changes = [{ change: 'put', object } as const]
  const after = draftCompiled(prepared, changes, 'left-out')
  const { change, edges } = prepared.indexer('left-out').change(after)
  const { policy, unread } = readPolicy(object, { ...after.catalogue, model: changedModel(ground.model, changes) })
  const blocks = policy && !unread ? policy.blocks.filter(({ isolates }) => isolates) : []
  const selects = (direction: Direction, i: number | null): boolean => {
    const workload = i === null ? undefined : change.table.workloads[i]
    if (i === null || !workload) return false
    return blocks.some(
      (block) => block.direction === direction && hasBit(change.after.find(block.subject, workload).may, i),
    )
  }
  const found = ground.edges.flatMap((edge, i): readonly DriftEdge[] => {
    const { id, from, to, protocol, port, evidence, witness } = edge
    const ends = edges[i]
    if (evidence.first <= since || !ends) return []
    const direction = selects('ingress', ends.to) ? 'ingress' : selects('egress', ends.from) ? 'egress' : null
    if (direction === null) return []
    const verdict =
      ends.from === null || ends.to === null || port === null
        ? 'undefined'
        : edgeVerdict(change.after, { from: ends.from, to: ends.to, protocol, port })
    const { workloads } = ground.model
    return [
      {
        id,
        direction,
        from: effectEnd(workloads, from),
        to: effectEnd(workloads, to),
        protocol,
        port,
        count: evidence.count,
        first: evidence.first,
        last: evidence.last,
        verdict,
        witness,
      },
    ]
  })
  const told = since > ground.period.from
  return { since, because, told, edges: told ? found.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)) : [] }
}
