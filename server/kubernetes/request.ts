import http from 'node:http'
import https from 'node:https'
import { clean } from '@/core/text/text'
import { toError } from '../errors'
import type { KubeConnection } from './client'

/** The API server answered with something else than 200. `message` is the server's own, capped. */
export class KubeStatusError extends Error {
  readonly status: number
  readonly retryAfterMs: number

  constructor(status: number, message: string, retryAfterMs = 0) {
    super(message)
    this.name = 'KubeStatusError'
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

export type Query = Readonly<Record<string, string | number | undefined>>
export type RequestLimits = {
  readonly signal: AbortSignal
  /** Silence after which the connection counts as dead, milliseconds. */
  readonly idleMs: number
}

/**
 * Opens a GET and returns the body of a 200 as a stream to be pulled. Credentials and certificates
 * are read anew for each request, so rotated ones are used. Throws KubeStatusError, or the
 * network's error with the address in it.
 */
export async function openKubernetes(
  connection: KubeConnection,
  path: string,
  query: Query,
  limits: RequestLimits,
): Promise<http.IncomingMessage> {
  const url = new URL(connection.server + path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  const options: https.RequestOptions = { headers: { Accept: 'application/json' }, method: 'GET' }
  await connection.config.applyToHTTPSOptions(options)
  const response = await send(url, options, limits).catch((thrown: unknown) => {
    throw limits.signal.aborted ? thrown : new Error(unreachable(connection.server, toError(thrown)), { cause: thrown })
  })
  if (response.statusCode === 200) return response
  const text = await readBody(response, 64_000).catch(() => '')
  throw new KubeStatusError(response.statusCode ?? 0, statusMessage(text), retryAfter(response))
}

/** The whole body as text; throws past `maxBytes`. */
export async function readBody(response: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`The API server's answer is longer than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export type KubeRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Query
  /** A list sends the header once for each. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
}

/** `body`: parsed JSON, else null. `warnings`: texts of its Warning headers. */
export type KubeAnswer = {
  readonly status: number
  readonly body: unknown
  readonly text: string
  readonly warnings: readonly string[]
}

const maxAnswerBytes = 8 * 2 ** 20

/** Sends one request and reads the whole answer, whatever its status. Throws where none was heard, with the address in it. */
export const askKubernetes = async (
  connection: KubeConnection,
  request: KubeRequest,
  limits: RequestLimits,
): Promise<KubeAnswer> => exchange(connection.server, await loginOptions(connection), request, limits)

/** Asks many questions over a few connections that stay open, with the credentials read once. Close it soon. */
export async function openQuestions(
  connection: KubeConnection,
  sockets: number,
): Promise<{ ask(request: KubeRequest, limits: RequestLimits): Promise<KubeAnswer>; close(): void }> {
  const options = await loginOptions(connection)
  // What leads through a proxy keeps its own agent. Certificates are told with each request.
  const Kept = [http.Agent, https.Agent].find((one) => options.agent?.constructor === one)
  const agent = Kept && new Kept({ keepAlive: true, maxSockets: sockets })
  return {
    ask: (request, limits) => exchange(connection.server, agent ? { ...options, agent } : options, request, limits),
    close: () => agent?.destroy(),
  }
}

async function loginOptions(connection: KubeConnection): Promise<https.RequestOptions> {
  const options: https.RequestOptions = { headers: { Accept: 'application/json' } }
  await connection.config.applyToHTTPSOptions(options)
  return options
}

async function exchange(
  server: string,
  options: https.RequestOptions,
  { method, path, query = {}, headers = {}, body }: KubeRequest,
  limits: RequestLimits,
): Promise<KubeAnswer> {
  const url = new URL(server + path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  const own = Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])
  // Node tells no length for a DELETE, so that its body, with preconditions and dry run, would not be read as its own.
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  const sent = { ...options, method, headers: { ...options.headers, ...Object.fromEntries(own), ...length } }
  try {
    const response = await send(url, sent, limits, body)
    const text = await readBody(response, maxAnswerBytes)
    return { status: response.statusCode ?? 0, body: parsed(text), text, warnings: warningsOf(response.rawHeaders) }
  } catch (thrown) {
    throw new Error(unreachable(server, toError(thrown)), { cause: thrown })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Texts of `Warning: 299 - "text"`, at most 20. */
function warningsOf(raw: readonly string[]): string[] {
  const values = raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === 'warning')
  const texts = values.map(
    (value) => /^\d{3} \S+ "((?:[^"\\]|\\.)*)"/.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? value,
  )
  return texts.slice(0, 20).map((text) => clean(text, 500))
}

function send(
  url: URL,
  options: https.RequestOptions,
  limits: RequestLimits,
  body?: string,
): Promise<http.IncomingMessage> {
  const { signal, idleMs } = limits
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? http : https).request(url, { ...options, signal })
    request.setTimeout(idleMs, () => request.destroy(new Error(`nothing was heard for ${Math.round(idleMs / 1000)} s`)))
    request.on('socket', (socket) => socket.setKeepAlive(true, 15_000))
    request.on('error', reject)
    request.on('response', resolve)
    // As bytes: a text would be sent in one piece with the headers, which then would be encoded as it is.
    request.end(body === undefined ? undefined : Buffer.from(body))
  })
}

function statusMessage(text: string): string {
  try {
    const status: unknown = JSON.parse(text)
    if (typeof status === 'object' && status && 'message' in status && typeof status.message === 'string') {
      return status.message.slice(0, 500)
    }
  } catch {
    // Not a Status object: a proxy's page, say.
  }
  return text.slice(0, 200)
}

const retryAfter = (response: http.IncomingMessage): number =>
  Math.min(60, Number.parseInt(response.headers['retry-after'] ?? '', 10) || 0) * 1000

function unreachable(server: string, error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)
  const next = certificate
    ? 'Check the certificate authority in the kubeconfig.'
    : 'Check that the address is right and reachable from here.'
  return `Cannot reach the API server ${server}: ${error.message || code}. ${next}`
}
