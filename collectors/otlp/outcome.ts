import { codeWord, grpcCallerCodes, grpcCodes } from '@/core/flows/answer-codes'
import type { EncryptionEvidence, L7Protocol, Protocol } from '@/core/verdict'
import { clean } from '@/collectors/kit/text'
import { type Attributes, numberOf, textOf } from './attributes'
import type { Span } from './span'

export type Outcome = {
  readonly l7: L7Protocol
  /** HTTP or gRPC status; absent where the span has none. */
  readonly status: number | undefined
  /** The same in the protocol's own word. */
  readonly code: string | undefined
  readonly blame: 'caller' | 'callee' | null
  /** Whether a response is known to have come. */
  readonly answered: boolean
  readonly reason: string
}

/** Protocol, status and whom an error is blamed on. The code rules; a failed span without one is the callee's error. */
export function outcomeOf(span: Span): Outcome {
  const l7 = l7Of(span.attributes)
  const status = l7 === 'grpc' ? grpcStatus(span.attributes) : l7 === 'http' ? httpStatus(span.attributes) : undefined
  const known = status !== undefined
  const blame = known ? blameOf(l7, status) : span.failed ? 'callee' : null
  const answered = known || !span.failed || span.kind === 'server' || span.kind === 'consumer'
  const reason = blame === null ? '' : clean(textOf(span.attributes, 'error.type'), 100)
  return { l7, status, code: known ? codeWord(l7, status) : undefined, blame, answered, reason }
}

export function l7Of(attributes: Attributes): L7Protocol {
  const rpc = textOf(attributes, 'rpc.system.name', 'rpc.system')
  if (rpc === 'grpc' || attributes.has('rpc.grpc.status_code') || attributes.has('grpc.status_code')) return 'grpc'
  if (rpc === 'connect_rpc' || rpc === 'connectrpc' || rpc === 'aws-api') return 'http'
  if (rpc) return 'unknown'
  if (isDatabase(attributes)) return 'unknown'
  const queue = textOf(attributes, 'messaging.system')
  if (queue) return queue === 'kafka' ? 'kafka' : 'unknown'
  if (attributes.has('dns.question.name')) return 'dns'
  for (const name of httpMarks) if (attributes.has(name)) return 'http'
  return 'unknown'
}

const httpMarks = [
  'http.request.method',
  'http.response.status_code',
  'http.method',
  'http.status_code',
  'http.url',
  'http.target',
  'http.route',
] as const

export const isDatabase = (attributes: Attributes): boolean =>
  attributes.has('db.system.name') || attributes.has('db.system')

function blameOf(l7: L7Protocol, status: number): Outcome['blame'] {
  if (l7 === 'grpc') return status === 0 ? null : grpcCallerCodes.has(status) ? 'caller' : 'callee'
  return status < 400 ? null : status < 500 ? 'caller' : 'callee'
}

function httpStatus(attributes: Attributes): number | undefined {
  const status = numberOf(attributes, 'http.response.status_code', 'http.status_code')
  return status !== undefined && status >= 100 && status < 1000 ? status : undefined
}

/** A number, or since the newer conventions the code's name. */
function grpcStatus(attributes: Attributes): number | undefined {
  const names = ['rpc.response.status_code', 'rpc.status_code', 'rpc.grpc.status_code', 'grpc.status_code'] as const
  const number = numberOf(attributes, ...names)
  if (number !== undefined) return number >= 0 && number <= 16 ? number : undefined
  const code = grpcCodes.indexOf(textOf(attributes, ...names).toUpperCase())
  return code < 0 ? undefined : code
}

export function protocolOf(attributes: Attributes): Protocol {
  const transport = textOf(attributes, 'network.transport', 'net.transport').toLowerCase()
  if (transport.includes('udp') || transport === 'quic') return 'udp'
  if (transport.includes('tcp')) return 'tcp'
  return attributes.has('dns.question.name') ? 'udp' : 'tcp'
}

/**
 * TLS only where the span proves it. A server's url.scheme does not: it may be what a proxy in front
 * said (X-Forwarded-Proto). A client knows what it spoke.
 */
export function encryptionOf(span: Span): EncryptionEvidence {
  const { attributes, kind } = span
  if (attributes.get('tls.established') === true || attributes.has('tls.protocol.version')) return 'tls'
  if (kind !== 'client') return 'unknown'
  if (textOf(attributes, 'url.scheme', 'http.scheme').toLowerCase() === 'https') return 'tls'
  return /^https:/i.test(textOf(attributes, 'url.full', 'http.url')) ? 'tls' : 'unknown'
}
