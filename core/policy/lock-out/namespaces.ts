import { connections } from '../connections'
import { eachBit, isEmptyBits } from '../index/bitset'
import type { ChangeIndex } from '../index/change-index'
import { anyPasses } from '../index/pair-ports'
import type { Row } from '../index/row'
import type { Direction } from '../normal-form'
import { type Cut, flowOf } from './cut'

/** Namespaces of which all workloads let nothing in, or nothing out, any more. */
export function cutNamespaces(change: ChangeIndex): readonly Cut[] {
  const byNamespace = new Map<string, number[]>()
  for (const [i, { namespace }] of change.table.workloads.entries())
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), i])
  return [...byNamespace].flatMap(([namespace, members]) =>
    (['ingress', 'egress'] as const).flatMap((direction) => cutNamespace(change, namespace, members, direction) ?? []),
  )
}

function cutNamespace(
  change: ChangeIndex,
  namespace: string,
  members: readonly number[],
  direction: Direction,
): Cut | null {
  if (!members.some((i) => change.isChanged(direction, i))) return null
  if (!members.every((i) => isShut(change.after.row(direction, i)) && !passesFiner(change, direction, i))) return null
  const was = members.find((i) => !isShut(change.before.row(direction, i)))
  const example = was === undefined ? null : exampleOf(change, was, direction)
  if (!example) return null
  const workloads = change.table.workloads.filter((one) => one.namespace === namespace)
  const what = direction === 'ingress' ? 'Nothing gets in to' : 'Nothing gets out of'
  return {
    check: 'namespace',
    verdict: 'denied',
    workloads,
    message: `${what} any workload of namespace ${namespace} any more.`,
    example,
  }
}

const isShut = (row: Row): boolean =>
  row.every(({ allowed, open }) => isEmptyBits(allowed) && (open === null || isEmptyBits(open)))

/** Whether anything passes between a workload and addresses that have no number of their own. */
function passesFiner({ after, table, finer }: ChangeIndex, direction: Direction, i: number): boolean {
  const own = table.ends[i]
  return (
    own !== undefined &&
    finer.some(({ end }) =>
      anyPasses(
        direction === 'ingress' ? connections(after.compiled, end, own) : connections(after.compiled, own, end),
      ),
    )
  )
}

/** Something that the workload let pass before. */
function exampleOf(change: ChangeIndex, own: number, direction: Direction) {
  for (const { allowed, open, protocol, from: port } of change.before.row(direction, own)) {
    const found: number[] = []
    eachBit(allowed, (i) => found.push(i))
    if (open) eachBit(open, (i) => found.push(i))
    const other = found.find((i) => i !== own)
    if (other === undefined) continue
    const [from, to] = direction === 'ingress' ? [other, own] : [own, other]
    return flowOf(change, { from, to, protocol, port })
  }
  return null
}
