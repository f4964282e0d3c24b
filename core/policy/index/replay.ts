import type { PolicyVerdict } from '../decision'
import { evaluate } from '../evaluate'
import type { PortProtocol } from '../ports'
import { hasBit } from './bitset'
import type { PolicyIndex } from './policy-index'
import type { Row } from './row'

/** Distinct traffic: numbers of ends, and the destination's port. */
export type ReplayEdge = {
  readonly from: number
  readonly to: number
  readonly protocol: PortProtocol
  readonly port: number
}

/** What the policies say of one edge; the same as `evaluate` says of it. O(parts of two rows). */
export function edgeVerdict(index: PolicyIndex, edge: ReplayEdge): PolicyVerdict {
  const { from, to, protocol, port } = edge
  const source = index.table.ends[from]
  const destination = index.table.ends[to]
  if (!source || !destination) return 'undefined'
  if (source.type === 'node') return evaluate(index.compiled, { from: source, to: destination, protocol, port }).verdict
  if (from === to && source.type === 'workload' && source.workload.kind === 'Pod' && bypasses(index)) return 'allowed'
  const egress = source.type === 'workload' ? rowVerdict(index.row('egress', from), protocol, port, to) : 'allowed'
  if (egress === 'denied') return 'denied'
  const ingress =
    destination.type === 'workload' ? rowVerdict(index.row('ingress', to), protocol, port, from) : 'allowed'
  return ingress === 'denied' ? 'denied' : egress === 'undefined' ? 'undefined' : ingress
}

const bypasses = ({ compiled }: PolicyIndex) => compiled.options.loopback === 'bypass'

function rowVerdict(row: Row, protocol: PortProtocol, port: number, other: number): PolicyVerdict {
  for (const part of row)
    if (part.protocol === protocol && port >= part.from && port <= part.to)
      return hasBit(part.allowed, other) ? 'allowed' : part.open && hasBit(part.open, other) ? 'undefined' : 'denied'
  return 'undefined'
}

/** What a change of policies does to traffic: numbers of edges by what becomes of them. */
export type ReplayChange = {
  readonly newlyDenied: readonly number[]
  readonly newlyAllowed: readonly number[]
  /** Undefined afterwards, and not before. */
  readonly newlyOpen: readonly number[]
  /** Undefined on both sides of a change that concerns it. */
  readonly stillOpen: readonly number[]
  readonly unaffected: number
}

/** Judges only edges of which a row changed; rows that stayed are the same object. O(edges). */
export function replayChange(before: PolicyIndex, after: PolicyIndex, edges: readonly ReplayEdge[]): ReplayChange {
  const newlyDenied: number[] = []
  const newlyAllowed: number[] = []
  const newlyOpen: number[] = []
  const stillOpen: number[] = []
  const changed = (direction: 'ingress' | 'egress', i: number) =>
    i < before.table.workloads.length && before.row(direction, i) !== after.row(direction, i)
  for (const [i, edge] of edges.entries()) {
    if (!changed('egress', edge.from) && !changed('ingress', edge.to)) continue
    const was = edgeVerdict(before, edge)
    const is = edgeVerdict(after, edge)
    if (is === 'undefined') (was === 'undefined' ? stillOpen : newlyOpen).push(i)
    else if (is !== was) (is === 'denied' ? newlyDenied : newlyAllowed).push(i)
  }
  const affected = newlyDenied.length + newlyAllowed.length + newlyOpen.length + stillOpen.length
  return { newlyDenied, newlyAllowed, newlyOpen, stillOpen, unaffected: edges.length - affected }
}
