import { evaluate } from '../evaluate'
import type { ChangeIndex } from '../index/change-index'
import type { Workload } from '../model'
import { type Cut, flowOf, namesOf } from './cut'

/**
 * Workloads that their own node reached, as the kubelet's probes do, and perhaps does not any more.
 * @param most so many workloads are looked at, since each takes two evaluations
 */
export function cutProbes(change: ChangeIndex, nodes: readonly number[], most = Infinity): readonly Cut[] {
  const byName = new Map(
    nodes.flatMap((i) => {
      const end = change.table.ends[i]
      return end?.type === 'node' ? [[end.name, i] as const] : []
    }),
  )
  const lost: Record<Cut['verdict'], { workload: Workload; example: Cut['example'] }[]> = { denied: [], undefined: [] }
  let looked = 0
  for (const [to, workload] of change.table.workloads.entries()) {
    if (workload.hostNetwork || !change.isChanged('ingress', to) || ++looked > most) continue
    const ports = workload.ports.length > 0 ? workload.ports : [{ protocol: 'TCP' as const, port: 8080 }]
    const flows = workload.nodes.flatMap((name) => {
      const from = byName.get(name)
      return from === undefined
        ? []
        : ports.flatMap(({ protocol, port }) => flowOf(change, { from, to, protocol, port }) ?? [])
    })
    for (const example of flows) {
      if (evaluate(change.before.compiled, example).verdict !== 'allowed') continue
      const { verdict } = evaluate(change.after.compiled, example)
      if (verdict === 'allowed') continue
      lost[verdict].push({ workload, example })
      break
    }
  }
  return (['denied', 'undefined'] as const).flatMap((verdict): readonly Cut[] => {
    const [first] = lost[verdict]
    if (!first) return []
    const workloads = lost[verdict].map(({ workload }) => workload)
    const effect = verdict === 'denied' ? 'fail' : 'perhaps fail'
    const message = `Probes of the kubelet to ${namesOf(workloads)} ${effect}, since nothing lets their node in.`
    return [{ check: 'kubelet-probes', verdict, workloads, message, example: first.example }]
  })
}
