import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { createGunzip } from 'node:zlib'
import { type Certificates, type ClientTls, readCertificates, sameCertificates } from '@/collectors/kit/tls'
import { toError } from '@/server/errors'

export type HttpRequest = {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Sent as a form by POST; absent: GET. */
  readonly body?: string
  /** For all of the answer, not for its beginning. */
  readonly timeoutMs: number
  /** Of the answer once unpacked. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

export type HttpAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** Why no answer came, or not all of it: Node's codes and TIMEOUT, TOO_LARGE, BROKEN_GZIP, CUT_OFF. */
export type HttpError = Error & { readonly code: string }

export const httpError = (code: string, message: string): HttpError => Object.assign(new Error(message), { code })

export type HttpClient = {
  /** Sends and hands over the answer in pieces. Throws HttpError; AppError where a TLS file cannot be read. */
  send(request: HttpRequest, onChunk: (chunk: Buffer, answer: HttpAnswer) => void): Promise<HttpAnswer>
  close(): void
}

/** Connections are kept between requests, until a TLS file changes. Redirects are not followed: the headers may be secret. */
export function createHttpClient(tls: ClientTls | undefined, maxSockets: number): HttpClient {
  let files: Certificates | null = null
  let agents = createAgents(tls, files, maxSockets)

  const refresh = async () => {
    const now = await readCertificates(tls)
    if (sameCertificates(files, now)) return
    close()
    files = now
    agents = createAgents(tls, files, maxSockets)
  }
  const close = () => {
    agents.http.destroy()
    agents.https.destroy()
  }

  return {
    async send(request, onChunk) {
      await refresh()
      // One that is released with the request: the caller's signal lives as long as the source.
      const stop = new AbortController()
      const abort = () => stop.abort()
      let late = false
      const timer = setTimeout(() => {
        late = true
        abort()
      }, request.timeoutMs)
      request.signal.addEventListener('abort', abort, { once: true })
      if (request.signal.aborted) abort()
      try {
        return await exchange(request, stop.signal, agents, onChunk)
      } catch (thrown) {
        if (!late || request.signal.aborted) throw thrown
        throw httpError('TIMEOUT', `no whole answer within ${request.timeoutMs / 1000} s`)
      } finally {
        clearTimeout(timer)
        request.signal.removeEventListener('abort', abort)
      }
    },
    close,
  }
}

type Agents = { readonly http: HttpAgent; readonly https: HttpsAgent }

function createAgents(tls: ClientTls | undefined, files: Certificates | null, maxSockets: number): Agents {
  const common = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets }
  return {
    http: new HttpAgent(common),
    https: new HttpsAgent({
      ...common,
      ca: files?.ca ?? undefined,
      cert: files?.cert ?? undefined,
      key: files?.key ?? undefined,
      rejectUnauthorized: !tls?.insecureSkipVerify,
      ...(tls?.serverName === undefined ? {} : { servername: tls.serverName }),
    }),
  }
}

async function exchange(
  { url, headers, body, maxBytes }: HttpRequest,
  signal: AbortSignal,
  agents: Agents,
  onChunk: (chunk: Buffer, answer: HttpAnswer) => void,
): Promise<HttpAnswer> {
  const message = await open(url, headers, body, signal, agents).catch((error: HttpError) => {
    // A connection that was kept may be closed by the peer just when it is used again.
    if (error.code !== stale) throw error
    return open(url, headers, body, signal, agents)
  })
  const answer: HttpAnswer = { status: message.statusCode ?? 0, headers: textHeaders(message) }
  try {
    let size = 0
    for await (const chunk of unpack(message)) {
      size += chunk.length
      if (size > maxBytes) throw httpError('TOO_LARGE', `the answer is larger than ${maxBytes} bytes`)
      onChunk(chunk, answer)
    }
    if (!message.complete) throw httpError('CUT_OFF', cutOff)
    return answer
  } catch (thrown) {
    message.destroy()
    throw toHttpError(thrown)
  }
}

function open(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
  signal: AbortSignal,
  agents: Agents,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const options = {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'accept-encoding': 'gzip',
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      signal,
      agent: secure ? agents.https : agents.http,
    }
    const request = secure ? httpsRequest(url, options) : httpRequest(url, options)
    request.on('response', resolve)
    request.on('error', (thrown) => {
      const error = toHttpError(thrown)
      reject(request.reusedSocket && error.code === 'ECONNRESET' ? httpError(stale, error.message) : error)
    })
    request.end(body)
  })
}

async function* unpack(message: IncomingMessage): AsyncGenerator<Buffer> {
  if (message.headers['content-encoding'] !== 'gzip') {
    for await (const chunk of message) yield chunk as Buffer
    return
  }
  const gunzip = createGunzip()
  message.on('error', (error) => gunzip.destroy(error))
  message.pipe(gunzip)
  for await (const chunk of gunzip) yield chunk as Buffer
}

const textHeaders = (message: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(message.headers)) if (typeof value === 'string') headers[name] = value
  return headers
}

function toHttpError(thrown: unknown): HttpError {
  const error = toError(thrown)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code.startsWith('Z_')) return httpError('BROKEN_GZIP', 'the packed answer is damaged')
  if (error.message === 'aborted') return httpError('CUT_OFF', cutOff)
  return httpError(code, error.message)
}

const stale = 'STALE'
const cutOff = 'the answer broke off'
