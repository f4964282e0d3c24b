import type { End } from '../decision'
import { endOf, evaluate } from '../evaluate'
import type { ChangeIndex } from '../index/change-index'
import type { Workload } from '../model'
import { type Cut, flowOf, namesOf } from './cut'

const known = new WeakMap<Workload, Map<string, End>>()

/** The pods of a workload that run on one node: probes of it go to no others. */
function endOnNode(workload: Workload, node: string): End {
  const [only] = workload.nodes
  if (only === node && workload.nodes.length === 1) return endOf(workload)
  const ends = known.get(workload) ?? new Map<string, End>()
  known.set(workload, ends)
  const end = ends.get(node) ?? endOf({ ...workload, nodes: [node] })
  ends.set(node, end)
  return end
}

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
      if (from === undefined) return []
      return ports.flatMap(({ protocol, port }) => {
        const flow = flowOf(change, { from, to, protocol, port })
        return flow ? [{ ...flow, to: endOnNode(workload, name) }] : []
      })
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
