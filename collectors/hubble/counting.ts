import type { Reporter, Verdict } from '@/core/verdict'
import type { RawFlow } from './raw-flow'
import { createRecent } from '@/collectors/kit/recent'
import { pointOf } from './reporter'

/** Decides whether an L3/L4 event is counted. It remembers connections for a while. */
export type Counting = { counts(flow: RawFlow, reply: boolean, reporter: Reporter, verdict: Verdict): boolean }

type Side = { point: string; owed: number; tracedAt: number }
type Connection = { at: number; denials: number; readonly source: Side; readonly destination: Side }

const maxConnections = 50_000
const pairMs = 5_000
const forgetMs = 30_000
const event = { drop: 1, debug: 2, capture: 3, policyVerdict: 5, socket: 7 }

/**
 * One packet is counted at most once per reporter, although Hubble tells of it at several points:
 *
 * - Replies are not calls. Socket events come before translation, debug events say nothing of traffic.
 * - FROM_* points never count: the same packet is told of again where it goes TO_*, or is dropped.
 * - Of the TO_* points that a connection passes on one node and side (TO_PROXY, then TO_STACK or
 *   TO_OVERLAY, then TO_NETWORK …) only the first one seen counts, as long as the connection lives.
 * - What a proxy sends on with a pod's identity from an address that is no pod's is the second half
 *   of a way whose first half was counted TO_PROXY.
 * - An allowing policy verdict (type 5) is about the packet that opens a connection: it counts, and
 *   the next trace event of that connection and side does not. So a connection counts the same with
 *   or without policies, and also where trace events are turned off. An audit verdict likewise.
 * - A denial comes as policy verdict and as drop event: the first counts, either way round. Balance
 *   is kept per connection, so that retries count as often as they were made.
 *
 * Memory is bounded; a connection that was forgotten may count one packet twice.
 */
export function createCounting(): Counting {
  const connections = createRecent<Connection>(maxConnections)

  const connectionOf = (flow: RawFlow, reply: boolean): Connection => {
    const { fromIp, sourcePort, toIp, destinationPort, nodeName, protocol } = flow
    const key = reply
      ? `${nodeName} ${toIp} ${destinationPort} ${fromIp} ${sourcePort} ${protocol}`
      : `${nodeName} ${fromIp} ${sourcePort} ${toIp} ${destinationPort} ${protocol}`
    let connection = connections.get(key)
    if (!connection || Math.abs(flow.time - connection.at) > forgetMs) {
      connection = { at: flow.time, denials: 0, source: newSide(), destination: newSide() }
      connections.set(key, connection)
    }
    if (Math.abs(flow.time - connection.at) > pairMs) connection.denials = 0
    connection.at = flow.time
    return connection
  }

  return {
    counts(flow, reply, reporter, verdict) {
      if (flow.type === 'SOCK' || reply) return false
      const { eventType } = flow
      if (eventType === event.debug || eventType === event.capture || eventType === event.socket) return false
      if (verdict === 'denied') return countsDenial(connectionOf(flow, reply), eventType)
      if (eventType === event.drop || verdict === 'error') return true
      const point = pointOf(flow)
      if (point.startsWith('FROM_')) return false
      if (isSecondLeg(flow, point)) return false
      const connection = connectionOf(flow, reply)
      const side = reporter === 'destination' ? connection.destination : connection.source
      return eventType === event.policyVerdict
        ? countsVerdict(side, flow, verdict)
        : countsTrace(side, point, flow.time)
    },
  }
}

const newSide = (): Side => ({ point: '', owed: 0, tracedAt: Number.NEGATIVE_INFINITY })

function countsDenial(connection: Connection, eventType: number): boolean {
  if (eventType === event.policyVerdict) return connection.denials++ >= 0
  if (eventType === event.drop) return connection.denials-- <= 0
  return true
}

/** Order is best effort: the packet's trace event may have come and been counted just before its verdict. */
function countsVerdict(side: Side, flow: RawFlow, verdict: Verdict): boolean {
  if (verdict !== 'audited' && flow.time - side.tracedAt < 1_000) return false
  side.owed = 1
  return true
}

function countsTrace(side: Side, point: string, time: number): boolean {
  if (side.point !== '' && point !== '' && side.point !== point) return false
  side.point = point
  if (side.owed > 0) {
    side.owed = 0
    return false
  }
  side.tracedAt = time
  return true
}

const isSecondLeg = (flow: RawFlow, point: string) =>
  flow.source.proxied &&
  flow.direction !== 'INGRESS' &&
  flow.direction !== 'EGRESS' &&
  point.startsWith('TO_') &&
  point !== 'TO_ENDPOINT'
