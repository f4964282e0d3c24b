import type { EssentialPort } from '../essentials'
import type { ChangeIndex } from '../index/change-index'
import { edgeVerdict, type ReplayEdge } from '../index/replay'
import type { Workload } from '../model'
import { best, type Cut, flowOf, type LockOutCheck, namesOf } from './cut'

/** Workloads that reached one of some ends on one of some ports, and reach none any more. */
export function cutCallees(
  change: ChangeIndex,
  check: LockOutCheck,
  what: string,
  targets: readonly number[],
  ports: readonly EssentialPort[],
): readonly Cut[] {
  const calleesChanged = targets.some((to) => change.isChanged('ingress', to))
  const lost: Record<Cut['verdict'], { workload: Workload; edge: ReplayEdge }[]> = { denied: [], undefined: [] }
  for (const [from, workload] of change.table.workloads.entries()) {
    if (!calleesChanged && !change.isChanged('egress', from)) continue
    const edges = targets.flatMap((to) => ports.map((port): ReplayEdge => ({ from, to, ...port })))
    const was = best(edges, (edge) => edgeVerdict(change.before, edge))
    const is = best(edges, (edge) => edgeVerdict(change.after, edge))
    if (was?.verdict !== 'allowed' || !is || is.verdict === 'allowed') continue
    lost[is.verdict].push({ workload, edge: was.edge })
  }
  return (['denied', 'undefined'] as const).flatMap((verdict) => {
    const [first] = lost[verdict]
    const example = first && flowOf(change, first.edge)
    if (!example) return []
    const workloads = lost[verdict].map(({ workload }) => workload)
    const reach = workloads.length === 1 ? 'reaches' : 'reach'
    const effect = verdict === 'denied' ? `no longer ${reach}` : `perhaps no longer ${reach}`
    return [{ check, verdict, workloads, message: `${namesOf(workloads)} ${effect} ${what}.`, example }]
  })
}
