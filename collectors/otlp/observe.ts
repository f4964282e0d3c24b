import type { EndpointRef } from '@/core/endpoint'
import type { FlowRecord, RequestObservation } from '@/core/observation'
import { keyOfText } from '@/collectors/kit/key'
import { portOf } from './attributes'
import { operationOf } from './operation'
import { encryptionOf, outcomeOf, protocolOf } from './outcome'
import { buildRecord } from './record'
import type { Span } from './span'

/** The two ends of a call and the port of the callee. */
export type Ends = {
  readonly from: EndpointRef
  readonly to: EndpointRef
  readonly fromIp: string
  readonly toIp: string
  readonly port: number
}

/**
 * One half of a call as the observation that its span witnesses: the caller's (`source`) or the
 * callee's (`destination`); the two are never added. `key` names the half for ever.
 */
export function observe(span: Span, reporter: 'source' | 'destination', ends: Ends, cluster: string, key: string) {
  const { l7, status, code, blame, answered, reason } = outcomeOf(span)
  const observation: RequestObservation = {
    type: 'request',
    time: span.time,
    key: keyOfText(key),
    cluster,
    reporter,
    from: ends.from,
    to: ends.to,
    fromIp: ends.fromIp,
    toIp: ends.toIp,
    port: ends.port,
    protocol: protocolOf(span.attributes),
    // A span tells that a call was answered, nothing of who let it pass.
    verdict: answered ? 'unknown' : 'error',
    reason,
    encryption: encryptionOf(span),
    counts: true,
    l7,
    requests: 1,
    responses: 1,
    clientErrors: blame === 'caller' ? 1 : 0,
    serverErrors: blame === 'callee' ? 1 : 0,
    latency: span.duration,
    ...operationOf(span),
    code,
    record: lazyRecord(span, status),
  }
  return observation
}

/** A function of its own, so that no name is given to a closure per span. */
function lazyRecord(span: Span, status: number | undefined): () => FlowRecord {
  return () => buildRecord(span, status)
}

/** The port that a server says it was called on; 0 where it does not. A consumer names its broker's, which nobody calls it on. */
export const serverPort = (span: Span): number =>
  span.kind === 'consumer' ? 0 : portOf(span.attributes, 'network.local.port', 'server.port', 'net.host.port')

/** The port that a client says it called. */
export const clientPort = (span: Span): number => portOf(span.attributes, 'server.port', 'net.peer.port')
