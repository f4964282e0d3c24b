import type { Protocol } from '@/core/verdict'
import { type End, noEnd } from './ends'

/** What the rules read of a flow, whichever way it came. One object is filled again for every flow. */
export type RawFlow = {
  /** Milliseconds since the epoch; NaN where the flow has no time. */
  time: number
  verdict: string
  dropReason: string
  fromIp: string
  toIp: string
  encrypted: boolean
  protocol: Protocol
  sourcePort: number
  destinationPort: number
  syn: boolean
  ack: boolean
  source: End
  destination: End
  type: string
  nodeName: string
  sourceNames: readonly string[]
  destinationNames: readonly string[]
  sourceService: string
  sourceServiceNamespace: string
  destinationService: string
  destinationServiceNamespace: string
  reply: boolean
  isReply: boolean | null
  eventType: number
  eventSubType: number
  direction: string
  point: string
  traceReason: string
  aggregated: number
  l7Type: string
  latencyNs: number
  l7: 'http' | 'dns' | 'kafka' | 'unknown'
  /** HTTP status, DNS rcode or Kafka error code. */
  code: number
  grpc: boolean
  /** HTTP's method and URL, Kafka's API and topic, or the name that DNS was asked for (`method` is '' then). */
  method: string
  target: string
  /** Types of records that DNS was asked for. */
  questions: readonly string[]
  /** -1 where no header said it. */
  grpcStatus: number
}

const noNames: readonly string[] = []

export function createRawFlow(): RawFlow {
  const flow = {} as RawFlow
  resetRawFlow(flow)
  return flow
}

export function resetRawFlow(flow: RawFlow): void {
  flow.time = Number.NaN
  flow.verdict = 'VERDICT_UNKNOWN'
  flow.dropReason = ''
  flow.fromIp = ''
  flow.toIp = ''
  flow.encrypted = false
  flow.protocol = 'unknown'
  flow.sourcePort = 0
  flow.destinationPort = 0
  flow.syn = false
  flow.ack = false
  flow.source = noEnd
  flow.destination = noEnd
  flow.type = 'UNKNOWN_TYPE'
  flow.nodeName = ''
  flow.sourceNames = noNames
  flow.destinationNames = noNames
  flow.sourceService = ''
  flow.sourceServiceNamespace = ''
  flow.destinationService = ''
  flow.destinationServiceNamespace = ''
  flow.reply = false
  flow.isReply = null
  flow.eventType = 0
  flow.eventSubType = 0
  flow.direction = 'TRAFFIC_DIRECTION_UNKNOWN'
  flow.point = 'UNKNOWN_POINT'
  flow.traceReason = 'TRACE_REASON_UNKNOWN'
  flow.aggregated = 0
  flow.l7Type = ''
  flow.latencyNs = 0
  flow.l7 = 'unknown'
  flow.code = 0
  flow.grpc = false
  flow.method = ''
  flow.target = ''
  flow.questions = noNames
  flow.grpcStatus = -1
}

/** Marks gRPC by its headers: a content type of `application/grpc…`, or a `grpc-status`. */
export function noteHeader(flow: RawFlow, key: string, value: string): void {
  const name = key.toLowerCase()
  if (name === 'content-type' && value.startsWith('application/grpc')) flow.grpc = true
  if (name !== 'grpc-status') return
  flow.grpc = true
  if (/^\d{1,2}$/.test(value)) flow.grpcStatus = Number(value)
}
