import { type AddressPart, addressParts } from './address-parts'
import type { CompiledPolicies } from './compile'
import { connections, isNothing } from './connections'
import type { Connections, End, PortsByProtocol } from './decision'
import { endOf, tiersOf } from './evaluate'
import { type Workload, workloadName } from './model'
import type { Direction } from './normal-form'
import { possible, without } from './ports-change'

/** An end in two models: a workload that may be missing in one of them, or addresses outside. */
export type DiffEnd =
  | {
      readonly type: 'workload'
      readonly key: string
      readonly before: Workload | null
      readonly after: Workload | null
    }
  | ({ readonly type: 'addresses' } & AddressPart)

export type ConnectionsDiff = {
  readonly from: DiffEnd
  readonly to: DiffEnd
  /** Surely allowed on one side only. */
  readonly added: PortsByProtocol
  readonly removed: PortsByProtocol
  /** Undefined afterwards, and not before. */
  readonly opened: PortsByProtocol
  /** Surely denied afterwards, and not before. */
  readonly closed: PortsByProtocol
}

/**
 * What differs in who may reach whom. Pairs whose ends and policies are the same are passed over, so that the cost
 * is that of what changed: O(changed ends × ends) connections.
 */
export function diff(before: CompiledPolicies, after: CompiledPolicies): readonly ConnectionsDiff[] {
  const ends = diffEnds(before, after)
  const changed = new Map(
    ends.map((end) => [
      end,
      { egress: differs(end, before, after, 'egress'), ingress: differs(end, before, after, 'ingress') },
    ]),
  )
  return ends.flatMap((from) =>
    ends.flatMap((to) => {
      if (from.type === 'addresses' && to.type === 'addresses') return []
      if (!changed.get(from)?.egress && !changed.get(to)?.ingress) return []
      const was = between(before, sideOf(from, 'before'), sideOf(to, 'before'))
      const is = between(after, sideOf(from, 'after'), sideOf(to, 'after'))
      const one = {
        from,
        to,
        added: without(is.allowed, was.allowed),
        removed: without(was.allowed, is.allowed),
        opened: without(is.open, was.open),
        closed: without(without(possible(was), is.allowed), is.open),
      }
      return changes.every((change) => isNothing(one[change])) ? [] : [one]
    }),
  )
}

function diffEnds(before: CompiledPolicies, after: CompiledPolicies): readonly DiffEnd[] {
  const byKey = ({ catalogue }: CompiledPolicies) =>
    new Map(catalogue.model.workloads.map((workload) => [workloadName(workload), workload]))
  const [was, is] = [byKey(before), byKey(after)]
  const keys = new Set([...was.keys(), ...is.keys()])
  return [
    ...[...keys].map((key): DiffEnd => ({
      type: 'workload',
      key,
      before: was.get(key) ?? null,
      after: is.get(key) ?? null,
    })),
    ...addressParts(before, after).map((part): DiffEnd => ({ type: 'addresses', ...part })),
  ]
}

const sideOf = (end: DiffEnd, side: 'before' | 'after'): End | null =>
  end.type === 'addresses' ? end.end : end[side] && endOf(end[side])

const nothing: Connections = { allowed: {}, open: {} }
const between = (compiled: CompiledPolicies, from: End | null, to: End | null): Connections =>
  from && to ? connections(compiled, from, to) : nothing

const changes = ['added', 'removed', 'opened', 'closed'] as const

/** Whether what can be seen of an end, or what its policies say in a direction, is not the same in both. */
function differs(end: DiffEnd, before: CompiledPolicies, after: CompiledPolicies, direction: Direction): boolean {
  if (before.options !== after.options && JSON.stringify(before.options) !== JSON.stringify(after.options)) return true
  if (end.type === 'addresses') return false
  if (!end.before || !end.after) return true
  return seen(before, end.before, direction) !== seen(after, end.after, direction)
}

function seen(compiled: CompiledPolicies, workload: Workload, direction: Direction): string {
  const { catalogue } = compiled
  const { namespace, serviceAccount } = workload
  const tiers = [
    ...tiersOf(compiled, workload, 'network', direction),
    ...(direction === 'ingress' ? tiersOf(compiled, workload, 'mesh', direction) : []),
  ].map(({ tier, blocks }) => [tier, blocks.map(({ block, selects }) => [block, selects])])
  const around = [catalogue.namespace(namespace), catalogue.serviceAccount(namespace, serviceAccount)]
  return JSON.stringify([workload, around, [...(catalogue.apiServer ?? [])], tiers])
}
