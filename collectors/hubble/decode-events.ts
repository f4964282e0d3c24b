import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, skip, text, varint } from '@/collectors/kit/wire'
import { readMs } from '@/collectors/kit/wire-time'
import { enumName, lostSources, nodeStates } from './enums'
import type { Received } from './received'

/** A node that connected or went away. */
export function readNodeStatus(wire: Wire, stop: number, time: number): Received {
  let state = nodeStates.get(0) ?? ''
  const nodes: string[] = []
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) state = enumName(nodeStates, varint(wire))
    else if (tag === 18) nodes.push(clean(text(wire, stop), 253))
    else skip(wire, tag, stop)
  }
  return { type: 'node_status', state, nodes, time }
}

/** Events that a node lost before anybody could read them. */
export function readLost(wire: Wire, stop: number, node: string, time: number): Received {
  let cause = lostSources.get(0) ?? ''
  let lost = 0
  let first = Number.NaN
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) cause = enumName(lostSources, varint(wire))
    else if (tag === 16) lost = varint(wire)
    else if (tag === 34) first = readMs(wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
  return { type: 'lost_events', cause, lost, node: clean(node, 253), time, first }
}
