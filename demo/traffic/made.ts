import type { Judgement } from '@/core/policy/decision'
import type { Pod, Workload } from '../model/cluster'
import type { Protection } from '../model/mesh'
import type { CallProtocol } from '../model/types'
import type { Refusal, Ruling } from './enforcement'

export type CallEnd = {
  readonly pod: Pod | null
  readonly workload: Workload | null
  /** DNS name outside the cluster; '' for the Internet at large and for pods. */
  readonly outside: string
  readonly ip: string
}

/** One call and how it ended. All witnesses tell of the same. Times in milliseconds since the epoch. */
export type CallMade = {
  /** The edge's name in the truth. */
  readonly edge: string
  readonly time: number
  readonly endedAt: number
  readonly from: CallEnd
  readonly to: CallEnd
  readonly port: number
  readonly sourcePort: number
  readonly transport: 'tcp' | 'udp'
  readonly protocol: CallProtocol
  /** HTTP: `GET /path`; gRPC: `package.Service/Method`; DNS: the name; Kafka: the topic; a database: the verb. */
  readonly operation: string
  readonly authority: string
  /** HTTP status; absent where the protocol has none. */
  readonly httpCode?: number
  readonly grpcStatus?: number
  readonly failed: boolean
  /** Milliseconds, as the callee's side measures it. */
  readonly latency: number
  /** From caller to callee, and back. */
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly opensConnection: boolean
  /** When the connection that it opened will be closed. */
  readonly closesAt: number | null
  /** The side of the network that let no packet pass. */
  readonly denied: Judgement | null
  readonly ruling: Ruling
  readonly refusal: Refusal | null
  readonly audited: boolean
  readonly protection: Protection
  readonly requestId: string
  readonly traceId: string
  /** Span of the callee's side while which this call was made; '' for the first of a trace. */
  readonly parentSpanId: string
  readonly clientSpanId: string
  readonly serverSpanId: string
}

/** What a call is told to, and the connections that it opened. */
export type Witness = {
  /** A call that is over; calls come in the order of their ends. */
  made(call: CallMade): void
  /** The connection that this call opened is closed, at its `closesAt`. */
  closed?(call: CallMade): void
  /** All until this time has been told. */
  lived?(until: number): void
}

/** Where a call belongs in a trace: the span during which its caller made it. */
export type Context = { readonly traceId: string; readonly spanId: string }
