import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { knownHosts } from '@/server/known-hosts'
import { newRequestId, problemResponse } from '@/server/problem'
import { headersFor } from './headers'
import { refuse } from './refuse'
import { SafeResponse } from './safe-response'

export type FrontLimits = {
  /** For the head of a request, milliseconds; who sends it by the byte holds a connection no longer. */
  readonly headMs: number
  /** For a request with its body. */
  readonly requestMs: number
  /** Of a connection on which nothing moves; live streams say something every 15 s. */
  readonly silentMs: number
  readonly connections: number
}

const defaults: FrontLimits = { headMs: 10_000, requestMs: 30_000, silentMs: 120_000, connections: 4_000 }
type Handle = (request: IncomingMessage, response: ServerResponse) => unknown

/** Longer than the idle time of usual proxies (60 s): who closes first must not be us, or a request in flight is lost. */
const keepAliveMs = 65_000
const maxHeadBytes = 16_384

/**
 * The console's HTTP server: what holds for every request, before and after `handle`. It has no listener for upgrades,
 * so that a request for one is an ordinary request, which is refused.
 */
export function createFront(
  handle: Handle,
  limits: FrontLimits = defaults,
): Server<typeof IncomingMessage, typeof SafeResponse> {
  const server = createServer(
    {
      ServerResponse: SafeResponse,
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(5_000, limits.headMs / 2),
      keepAliveTimeout: keepAliveMs,
      maxHeaderSize: maxHeadBytes,
    },
    (request, response) => {
      try {
        refuse(request, knownHosts())
      } catch (thrown) {
        return void write(problemResponse(thrown, newRequestId(), headersFor(request.url ?? '')), response)
      }
      handle(request, response)
    },
  )
  server.timeout = limits.silentMs
  server.maxConnections = limits.connections
  server.on('clientError', answerUnreadable)
  return server
}

async function write(answer: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer())
  // What is left of a refused body is not read.
  response.setHeader('connection', 'close')
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body)
}

/** What Node cannot read as HTTP, or waited for too long; there is no request to answer, only a connection to end. */
function answerUnreadable(error: Error, socket: Duplex): void {
  if (!socket.writable || socket.destroyed) return void socket.destroy()
  const code = 'code' in error ? error.code : ''
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const headers = { ...headersFor(''), connection: 'close', 'content-length': '0' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n'))
}
