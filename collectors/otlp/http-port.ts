import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Certificates } from '@/collectors/kit/tls'
import { AppError, toError } from '@/server/errors'
import { partialSuccess, partialSuccessJson, statusJson, statusMessage } from './answer'
import type { Encoding, Intake, IntakeLimits } from './intake'
import { type Port, cannotListen, splitAddress } from './listen'
import type { Gate } from './token'

/** What is answered instead of success; the numbers of google.rpc.Code beside the HTTP status. */
type Refusal = {
  readonly status: number
  readonly code: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

const retryAfter = { 'retry-after': '2' }
const refusals = {
  notFound: { status: 404, code: 5, message: 'Oriel takes traces only: POST them to /v1/traces.' },
  method: { status: 405, code: 12, message: 'POST traces here.', headers: { allow: 'POST' } },
  token: {
    status: 401,
    code: 16,
    message: 'Send the bearer token of this source.',
    headers: { 'www-authenticate': 'Bearer' },
  },
  type: { status: 415, code: 3, message: 'Send application/x-protobuf or application/json.' },
  compression: { status: 415, code: 3, message: 'Send the body plain or with gzip.' },
  malformed: { status: 400, code: 3, message: 'The body is no ExportTraceServiceRequest.' },
  gzip: { status: 400, code: 3, message: 'The body is no gzip.' },
  tooLarge: { status: 413, code: 8, message: 'The request is too large: send smaller batches.' },
  full: { status: 503, code: 14, message: 'Oriel is busy: send again later.', headers: retryAfter },
} as const satisfies Readonly<Record<string, Refusal>>

const inflate = promisify(gunzip)
const maxConnections = 1_000
const closeMs = 1_000

/** Listens for OTLP over HTTP. Throws AppError('unavailable') where it cannot. */
export async function openHttpPort(
  address: string,
  files: Certificates | null,
  intake: Intake,
  gate: () => Gate,
  limits: IntakeLimits,
): Promise<Port> {
  const server = createHttpServer(files, limits, createHandler(intake, gate, limits))
  const { host, port } = splitAddress(address)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen('http', address, error.message)))
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), closeMs)
      await closed
      clearTimeout(cut)
    },
  }
}

function createHttpServer(files: Certificates | null, limits: IntakeLimits, handler: RequestListener): Server {
  const options = {
    requestTimeout: limits.requestMs,
    headersTimeout: limits.requestMs / 3,
    connectionsCheckingInterval: limits.requestMs / 6,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
  }
  const server = files ? tlsServer(files, options, handler) : createServer(options, handler)
  server.maxConnections = maxConnections
  return server
}

function tlsServer({ cert, key, ca }: Certificates, options: object, handler: RequestListener): Server {
  try {
    return createTlsServer(
      { ...options, cert: cert ?? '', key: key ?? '', ...(ca && { ca, requestCert: true, rejectUnauthorized: true }) },
      handler,
    )
  } catch (thrown) {
    throw new AppError('invalid', `The TLS files of the source cannot be used: ${toError(thrown).message}.`)
  }
}

function createHandler(intake: Intake, gate: () => Gate, limits: IntakeLimits): RequestListener {
  let underWay = 0

  const bodyOf = async (request: IncomingMessage): Promise<Buffer | Refusal> => {
    const parts: Buffer[] = []
    let length = 0
    try {
      for await (const part of request) {
        length += part.length
        underWay += part.length
        if (length > limits.maxBody) return refusals.tooLarge
        if (underWay > limits.maxUnderWay) return refusals.full
        parts.push(part)
      }
    } finally {
      underWay -= length
    }
    return Buffer.concat(parts, length)
  }

  const receive = async (request: IncomingMessage, encoding: Encoding): Promise<Buffer | Refusal> => {
    const early = refuseEarly(request, intake, gate(), limits)
    if (early) return early
    const body = await bodyOf(request)
    if (!Buffer.isBuffer(body)) return body
    const message = request.headers['content-encoding'] === 'gzip' ? await unzip(body, limits.maxMessage) : body
    if (!Buffer.isBuffer(message)) return message
    const received = intake.take(message, encoding, request.socket.remoteAddress ?? '')
    if (received.type !== 'accepted') return refusals[received.type]
    const { rejected, reason } = received
    return encoding === 'json' ? Buffer.from(partialSuccessJson(rejected, reason)) : partialSuccess(rejected, reason)
  }

  return (request, response) => {
    const encoding: Encoding = /^application\/json\b/i.test(request.headers['content-type'] ?? '') ? 'json' : 'protobuf'
    receive(request, encoding).then(
      (answer) => reply(request, response, encoding, answer),
      // The sender went away in the middle: nobody is left to answer.
      () => response.destroy(),
    )
  }
}

/** What can be refused before the body is read. */
function refuseEarly(request: IncomingMessage, intake: Intake, gate: Gate, limits: IntakeLimits): Refusal | null {
  const { headers } = request
  if (request.url?.split('?', 1)[0] !== '/v1/traces') return refusals.notFound
  if (request.method !== 'POST') return refusals.method
  if (!gate(headers.authorization)) return refusals.token
  if (!/^application\/(x-protobuf|json)\s*(;|$)/i.test(headers['content-type'] ?? '')) return refusals.type
  if (!['gzip', 'identity', undefined].includes(headers['content-encoding'])) return refusals.compression
  if (Number(headers['content-length'] ?? 0) > limits.maxBody) return refusals.tooLarge
  return intake.full ? refusals.full : null
}

async function unzip(body: Buffer, maxOutputLength: number): Promise<Buffer | Refusal> {
  try {
    return await inflate(body, { maxOutputLength })
  } catch (thrown) {
    return thrown instanceof RangeError ? refusals.tooLarge : refusals.gzip
  }
}

function reply(request: IncomingMessage, response: ServerResponse, encoding: Encoding, answer: Buffer | Refusal): void {
  const contentType = encoding === 'json' ? 'application/json' : 'application/x-protobuf'
  if (Buffer.isBuffer(answer)) {
    response.writeHead(200, { 'content-type': contentType, 'content-length': answer.length }).end(answer)
    return
  }
  const { status, code, message, headers } = answer
  // What is left of the body is thrown away, and the connection closed with it.
  const close = request.complete ? {} : { connection: 'close' }
  request.resume()
  const body = encoding === 'json' ? Buffer.from(statusJson(code, message)) : statusMessage(code, message)
  response
    .writeHead(status, { ...headers, ...close, 'content-type': contentType, 'content-length': body.length })
    .end(body)
}
