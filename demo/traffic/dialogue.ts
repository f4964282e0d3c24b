import type { Layer7 } from '../hubble-relay/flow'
import type { CallProtocol } from '../model/types'
import { nameSuffix, pick, type Random, uuid } from '../random'
import type { Reply } from './exchange'

export type Question = {
  readonly protocol: CallProtocol
  readonly operation: string
  /** Host and port as the caller wrote them. */
  readonly authority: string
  readonly failed: boolean
  /** Milliseconds. */
  readonly latency: number
  readonly addresses: readonly string[]
}

/** What was asked and answered, in the terms of the call's protocol. */
export function dialogue(random: Random, question: Question): Reply {
  if (question.protocol === 'dns') return dnsDialogue(random, question)
  if (question.protocol === 'kafka') return kafkaDialogue(random, question)
  return question.protocol === 'grpc' ? grpcDialogue(random, question) : httpDialogue(random, question)
}

const fill = (random: Random, operation: string): string =>
  operation
    .replaceAll('{n}', () => String(1 + Math.floor(random() * 4000)))
    .replaceAll('{u}', () => uuid(random))
    .replaceAll('{w}', () => pick(random, ['lamp', 'chair', 'oak+table', 'rug', 'blue+vase', 'desk']))

const withLatency = (request: Layer7, latency: number, response: Layer7, status: string): Reply => ({
  request,
  response: { ...response, type: 'response', latency },
  latency,
  status,
})

const httpStatuses = [503, 503, 503, 502, 500, 504]

function httpDialogue(random: Random, { operation, authority, failed, latency }: Question): Reply {
  const [method = 'GET', path = '/'] = fill(random, operation).split(' ')
  const headers: [string, string][] = [
    ['user-agent', 'shop/1.0'],
    ['x-request-id', uuid(random)],
  ]
  // Cilium reports headers as they are unless told to redact them; whoever reads must not keep these two.
  if (path.startsWith('/api') || path.startsWith('/v1'))
    headers.push(
      ['authorization', `Bearer demo-${nameSuffix(random, 12)}`],
      ['cookie', `session=demo-${nameSuffix(random, 8)}`],
    )
  const missing = !failed && path.includes('/p/') && random() < 0.004
  const code = failed ? pick(random, httpStatuses) : missing ? 404 : method === 'POST' ? 201 : 200
  const http = { method, url: `http://${authority}${path}`, protocol: 'HTTP/1.1', headers }
  return withLatency({ type: 'request', http }, latency, { type: 'response', http: { ...http, code } }, String(code))
}

function grpcDialogue(random: Random, { operation, authority, failed, latency }: Question): Reply {
  const headers: [string, string][] = [
    ['content-type', 'application/grpc'],
    ['x-request-id', uuid(random)],
  ]
  const http = { method: 'POST', url: `http://${authority}/${operation}`, protocol: 'HTTP/2', headers }
  // gRPC fails inside HTTP 200; a proxy sees the status where the answer is trailers alone.
  const answered = { ...http, code: 200, headers: failed ? [...headers, ['grpc-status', '14'] as const] : headers }
  const status = failed ? 'grpc-14' : '200'
  return withLatency({ type: 'request', http }, latency, { type: 'response', http: answered }, status)
}

function dnsDialogue(random: Random, { operation, failed, latency, addresses }: Question): Reply {
  const searched = random() < 0.15
  const query = searched ? `${operation}svc.cluster.local.` : operation
  const rcode = failed ? 2 : searched ? 3 : 0
  const answer = rcode ? { rcode } : { ips: addresses, ttl: 30 }
  const status = rcode === 0 ? 'NOERROR' : rcode === 3 ? 'NXDOMAIN' : 'SERVFAIL'
  return withLatency(
    { type: 'request', dns: { query } },
    latency,
    { type: 'response', dns: { query, ...answer } },
    status,
  )
}

function kafkaDialogue(random: Random, { operation, failed, latency }: Question): Reply {
  const kafka = {
    apiKey: random() < 0.5 ? 'produce' : 'fetch',
    topic: operation,
    correlationId: Math.floor(random() * 1e6),
  }
  const errorCode = failed ? 7 : 0
  return withLatency(
    { type: 'request', kafka },
    latency,
    { type: 'response', kafka: { ...kafka, errorCode } },
    String(errorCode),
  )
}
