import type { PortsByProtocol } from '../decision'
import { isNothing } from '../connections'
import type { ChangeIndex } from '../index/change-index'
import { pairPorts } from '../index/pair-ports'
import type { Workload } from '../model'
import { hasPort } from '../port-set'
import { portProtocols } from '../ports'
import { type Cut, flowOf, type LockOutCheck, namesOf } from './cut'

/**
 * Workloads that some callers could reach and cannot any more: on one of the ports that their pods name, or on any
 * where they name none.
 */
export function cutCallers(
  change: ChangeIndex,
  check: LockOutCheck,
  callers: readonly number[],
  what: string,
): readonly Cut[] {
  const [was, is] = [pairPorts(change.before), pairPorts(change.after)]
  const lost: Record<Cut['verdict'], { workload: Workload; cut: Cut['example'] }[]> = { denied: [], undefined: [] }
  for (const [to, workload] of change.table.workloads.entries()) {
    const changed = callers.filter((from) => change.isChanged('ingress', to) || change.isChanged('egress', from))
    if (changed.length === 0 || callers.includes(to)) continue
    const worked = callers.find((from) => serves(workload, was(from, to).allowed))
    if (worked === undefined || callers.some((from) => serves(workload, is(from, to).allowed))) continue
    const open = callers.some((from) => serves(workload, is(from, to).open))
    const port = firstServed(workload, was(worked, to).allowed)
    const example = port && flowOf(change, { from: worked, to, ...port })
    if (example) lost[open ? 'undefined' : 'denied'].push({ workload, cut: example })
  }
  return (['denied', 'undefined'] as const).flatMap((verdict) => {
    const [first] = lost[verdict]
    if (!first) return []
    const workloads = lost[verdict].map(({ workload }) => workload)
    const effect = verdict === 'denied' ? 'can no longer' : 'can perhaps no longer'
    const by = namesOf(callers.flatMap((i) => change.table.workloads[i] ?? []))
    const message = `${namesOf(workloads)} ${effect} ${what} (${by}).`
    return [{ check, verdict, workloads, message, example: first.cut }]
  })
}

const serves = (workload: Workload, ports: PortsByProtocol): boolean =>
  workload.ports.length === 0
    ? !isNothing(ports)
    : workload.ports.some(({ protocol, port }) => hasPort(ports[protocol] ?? [], port))

function firstServed({ ports: named }: Workload, ports: PortsByProtocol) {
  const own = named.find(({ protocol, port }) => hasPort(ports[protocol] ?? [], port))
  if (own) return { protocol: own.protocol, port: own.port }
  for (const protocol of portProtocols) {
    const [first] = ports[protocol] ?? []
    if (first) return { protocol, port: first.from }
  }
  return null
}
