import type { AddressPart } from './address-parts'
import type { CompiledPolicies } from './compile'
import type { Connections, PortsByProtocol } from './decision'
import { changeIndex, type ChangeIndex } from './index/change-index'
import { type PairPorts, pairPorts } from './index/pair-ports'
import type { Workload } from './model'
import type { Direction } from './normal-form'
import { possible, without } from './ports-change'
import { gatherReach, type Reach } from './reach'

/** What a change of policies does to whom a workload can be reached from, or whom it can reach. */
export type ExposureChange = {
  readonly workload: Workload
  readonly direction: Direction
  /** Surely allowed afterwards, and not before. */
  readonly added: readonly Reach[]
  /** Surely denied afterwards, and not before. */
  readonly closed: readonly Reach[]
  /** Undefined afterwards, and not before. */
  readonly opened: readonly Reach[]
}

/**
 * Workloads of which the possible connections change, in the order of the model. Only pairs of which an end lets
 * something else pass are compared: O(changed rows × ends).
 */
export function exposureChange(before: CompiledPolicies, after: CompiledPolicies): readonly ExposureChange[] {
  const change = changeIndex(before, after)
  const [was, is] = [pairPorts(change.before), pairPorts(change.after)]
  return change.table.workloads.flatMap((_, i) =>
    (['ingress', 'egress'] as const).flatMap((direction) => changeOf(change, was, is, i, direction) ?? []),
  )
}

function changeOf(
  change: ChangeIndex,
  was: PairPorts,
  is: PairPorts,
  i: number,
  direction: Direction,
): ExposureChange | null {
  const { table, parts, isChanged } = change
  const workload = table.workloads[i]
  if (!workload) return null
  const otherWay = direction === 'ingress' ? 'egress' : 'ingress'
  const own = isChanged(direction, i)
  const differing = (other: number): Difference | null => {
    if (!own && !isChanged(otherWay, other)) return null
    const [from, to] = direction === 'ingress' ? [other, i] : [i, other]
    const [then, now] = [was(from, to), is(from, to)]
    return then === now ? null : difference(then, now)
  }
  const inside = table.workloads.flatMap((one, k): readonly (readonly [Workload, Difference])[] => {
    const found = k === i ? null : differing(k)
    return found ? [[one, found]] : []
  })
  const outside = parts.flatMap((part, k): readonly (readonly [AddressPart, Difference])[] => {
    const found = own ? differing(table.workloads.length + k) : null
    return found ? [[part, found]] : []
  })
  const of = (kind: keyof Difference) =>
    gatherReach(
      inside.map(([one, ports]) => [one, ports[kind]] as const),
      outside.map(([part, ports]) => [part, ports[kind]] as const),
    )
  const found = { added: of('added'), closed: of('closed'), opened: of('opened') }
  const changes = found.added.length + found.closed.length + found.opened.length
  return changes === 0 ? null : { workload, direction, ...found }
}

type Difference = Readonly<Record<'added' | 'closed' | 'opened', PortsByProtocol>>

const difference = (was: Connections, is: Connections): Difference => ({
  added: without(is.allowed, was.allowed),
  closed: without(without(possible(was), is.allowed), is.open),
  opened: without(is.open, was.open),
})
