import { byProtocol, isNothing } from '../connections'
import type { Connections } from '../decision'
import { portSet } from '../port-set'
import { allPorts, highestPort, lowestPort, type PortProtocol, portProtocols, type PortRange } from '../ports'
import { addBits, type Bits, emptyBits, hasBit } from './bitset'
import type { EndTable } from './end-table'
import type { PolicyIndex } from './policy-index'
import type { Row } from './row'

/**
 * Everything that may pass between two ends of the table, as `connections` has it; the same object for pairs that are
 * alike. Not for nodes, which rows do not tell of. O(parts of two rows) once for each way that two rows meet.
 */
export type PairPorts = (from: number, to: number) => Connections

const everything: Connections = {
  allowed: byProtocol(portProtocols.map((protocol) => [protocol, allPorts])),
  open: {},
}

const nothing: Connections = { allowed: {}, open: {} }

export function pairPorts(index: PolicyIndex): PairPorts {
  const { table, compiled } = index
  const { views, met, reach } = keptOf(table)
  const free = views(freeRow, 0)
  const isOutside = (own: number) => own >= table.workloads.length
  const reaches = (direction: 'ingress' | 'egress', own: number, other: number): boolean =>
    isOutside(own) || hasBit(reach(index.row(direction, own)), other)
  const viewOf = (direction: 'ingress' | 'egress', own: number, other: number): View =>
    isOutside(own) ? free : views(index.row(direction, own), other)
  const bypassed = (end: number) =>
    compiled.options.loopback === 'bypass' && table.workloads[end]?.kind === 'Pod' ? everything : null
  return (from, to) => {
    const exempt = from === to ? bypassed(from) : null
    if (exempt) return exempt
    if (!reaches('egress', from, to) || !reaches('ingress', to, from)) return nothing
    const [out, into] = [viewOf('egress', from, to), viewOf('ingress', to, from)]
    const known = met.get(out)
    const had = known?.get(into)
    if (had) return had
    const made = meet(out, into)
    if (known) known.set(into, made)
    else met.set(out, new Map([[into, made]]))
    return made
  }
}

type Kept = {
  readonly views: (row: Row, other: number) => View
  readonly met: Map<View, Map<View, Connections>>
  readonly reach: (row: Row) => Bits
}
const keptTables = new WeakMap<EndTable, Kept>()

/** Rows of one table are read once, whichever index they are of: before and after a change most are the same. */
function keptOf(table: EndTable): Kept {
  const known = keptTables.get(table) ?? { views: viewMaker(), met: new Map(), reach: reachOf(table.size) }
  keptTables.set(table, known)
  return known
}

/** Other ends to which a row lets anything pass, or may; most pairs end here. */
function reachOf(size: number): (row: Row) => Bits {
  const known = new WeakMap<Row, Bits>()
  return (row) => {
    const had = known.get(row)
    if (had) return had
    const bits = emptyBits(size)
    for (const { allowed, open } of row) {
      addBits(bits, allowed)
      if (open) addBits(bits, open)
    }
    known.set(row, bits)
    return bits
  }
}

/** Of what is no workload: nothing is held back. */
const freeRow: Row = portProtocols.map((protocol) => ({
  protocol,
  from: lowestPort,
  to: highestPort,
  allowed: Uint32Array.of(1),
  open: null,
}))

/** What a row says to one other end: the verdict on each stretch of ports. Equal ones are one object. */
type View = { readonly stretches: readonly Stretch[] }
type Stretch = { readonly protocol: PortProtocol; readonly range: PortRange; readonly state: State }
/** 0 denied, 1 undefined, 2 allowed. */
type State = 0 | 1 | 2

function viewMaker(): (row: Row, other: number) => View {
  const byRow = new WeakMap<Row, Map<number | string, View>>()
  const byContent = new Map<string, View>()
  return (row, other) => {
    const known = byRow.get(row) ?? new Map<number | string, View>()
    byRow.set(row, known)
    const key = statesKey(row, other)
    const had = known.get(key)
    if (had) return had
    const view = readView(row, other)
    const content = JSON.stringify(view)
    const same = byContent.get(content) ?? view
    byContent.set(content, same)
    known.set(key, same)
    return same
  }
}

const stateOf = ({ allowed, open }: Row[number], other: number): State =>
  hasBit(allowed, other) ? 2 : open !== null && hasBit(open, other) ? 1 : 0

/** A number as long as it holds all states exactly. */
function statesKey(row: Row, other: number): number | string {
  if (row.length > 32) return row.map((part) => stateOf(part, other)).join('')
  let key = 0
  for (const part of row) key = key * 3 + stateOf(part, other)
  return key
}

function readView(row: Row, other: number): View {
  const stretches: Stretch[] = []
  for (const part of row) {
    const state = stateOf(part, other)
    const last = stretches.at(-1)
    if (last?.protocol === part.protocol && last.state === state && last.range.to + 1 === part.from)
      stretches[stretches.length - 1] = { ...last, range: { from: last.range.from, to: part.to } }
    else stretches.push({ protocol: part.protocol, range: { from: part.from, to: part.to }, state })
  }
  return { stretches }
}

function meet(a: View, b: View): Connections {
  const found = portProtocols.map((protocol) => {
    const allowed: PortRange[] = []
    const open: PortRange[] = []
    for (const one of a.stretches)
      for (const other of b.stretches) {
        if (one.protocol !== protocol || other.protocol !== protocol) continue
        const range = {
          from: Math.max(one.range.from, other.range.from),
          to: Math.min(one.range.to, other.range.to),
        }
        const state = Math.min(one.state, other.state)
        if (state === 2) allowed.push(range)
        if (state === 1) open.push(range)
      }
    return { protocol, allowed: portSet(allowed), open: portSet(open) }
  })
  return {
    allowed: byProtocol(found.map(({ protocol, allowed }) => [protocol, allowed])),
    open: byProtocol(found.map(({ protocol, open }) => [protocol, open])),
  }
}

/** Whether anything passes, or may pass. */
export const anyPasses = ({ allowed, open }: Connections): boolean => !isNothing(allowed) || !isNothing(open)
