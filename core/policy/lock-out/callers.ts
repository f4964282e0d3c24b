import type { PortsByProtocol } from '../decision'
import { isNothing } from '../connections'
import type { ChangeIndex } from '../index/change-index'
import { pairPorts } from '../index/pair-ports'
import type { Workload } from '../model'
import { hasPort } from '../port-set'
import { portProtocols } from '../ports'
import { type Cut, flowOf, type LockOutCheck, namesOf } from './cut'

/** Whether any of the callers was seen to reach a workload, by their numbers. */
export type SeenCalls = (callers: readonly number[], to: number) => boolean

/**
 * Workloads that some callers could reach and cannot any more: on one of the ports that their pods name, or on any
 * where they name none.
 * @param seen tells those that were really reached apart
 */
export function cutCallers(
  change: ChangeIndex,
  check: LockOutCheck,
  callers: readonly number[],
  what: string,
  seen: SeenCalls = () => true,
): readonly Cut[] {
  const [was, is] = [pairPorts(change.before), pairPorts(change.after)]
  const lost: { workload: Workload; cut: Cut['example']; verdict: Cut['verdict']; used: boolean }[] = []
  for (const [to, workload] of change.table.workloads.entries()) {
    const changed = callers.filter((from) => change.isChanged('ingress', to) || change.isChanged('egress', from))
    if (changed.length === 0 || callers.includes(to)) continue
    const worked = callers.find((from) => serves(workload, was(from, to).allowed))
    if (worked === undefined || callers.some((from) => serves(workload, is(from, to).allowed))) continue
    const open = callers.some((from) => serves(workload, is(from, to).open))
    const port = firstServed(workload, was(worked, to).allowed)
    const example = port && flowOf(change, { from: worked, to, ...port })
    if (example) lost.push({ workload, cut: example, verdict: open ? 'undefined' : 'denied', used: seen(callers, to) })
  }
  const by = namesOf(callers.flatMap((i) => change.table.workloads[i] ?? []))
  return groups.flatMap(({ verdict, used }) => {
    const own = lost.filter((one) => one.verdict === verdict && one.used === used)
    const [first] = own
    if (!first) return []
    const workloads = own.map(({ workload }) => workload)
    const effect = verdict === 'denied' ? 'can no longer' : 'can perhaps no longer'
    const message = `${namesOf(workloads)} ${effect} ${what} (${by}).`
    return [{ check, verdict, workloads, message, example: first.cut, used }]
  })
}

const groups = ([true, false] as const).flatMap((used) =>
  (['denied', 'undefined'] as const).map((verdict) => ({ verdict, used })),
)

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
