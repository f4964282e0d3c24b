import type { Reporter } from '@/core/verdict'
import { observationPoints } from './enums'
import type { RawFlow } from './raw-flow'

const atReceiver: ReadonlySet<string> = new Set(['TO_ENDPOINT', 'FROM_OVERLAY', 'FROM_NETWORK', 'FROM_CRYPTO'])
const atSender: ReadonlySet<string> = new Set(['TO_STACK', 'TO_OVERLAY', 'TO_NETWORK', 'TO_CRYPTO', 'FROM_ENDPOINT'])

/**
 * Which side of the call reported. Hubble's direction is the connection's, also on replies (it turns
 * the packet's direction round by what connection tracking says): EGRESS was seen at the caller.
 * Without one, the observation point tells at which end of the packet's way it was seen.
 */
export function reporterOf(flow: RawFlow, reply: boolean): Reporter {
  if (flow.direction === 'EGRESS') return 'source'
  if (flow.direction === 'INGRESS') return 'destination'
  const point = pointOf(flow)
  if (atReceiver.has(point)) return reply ? 'source' : 'destination'
  if (atSender.has(point)) return reply ? 'destination' : 'source'
  return 'unknown'
}

const traceEvent = 4

/** Sub-types of trace events are observation points, but for 0, which is the delivery to an endpoint. */
const pointOfSubType = (subType: number) => (subType === 0 ? 'TO_ENDPOINT' : (observationPoints.get(subType) ?? ''))

/** Observation point of a trace event, from its sub-type where the field is absent (before 1.11); '' for other events. */
export function pointOf(flow: RawFlow): string {
  if (flow.point !== 'UNKNOWN_POINT') return flow.point
  return flow.eventType === traceEvent ? pointOfSubType(flow.eventSubType) : ''
}
