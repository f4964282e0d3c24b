import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createDoor, type Door } from '../hubble-relay/door'
import { answerQuery } from './query'
import type { Registry } from './registry'
import { exposition } from './text'

const maxBodyBytes = 1 << 20
const exposed = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Serves on loopback the metrics of each pod (`/pods/<namespace>/<pod>/<port>/metrics`), of all
 * (`/metrics/all`, with the labels that scraping adds) and the parts of Prometheus's HTTP API that
 * need no Prometheus: instant queries of selectors.
 */
export function startMetrics(registry: Registry, port: number, now: () => number): Promise<Door> {
  const answer: RequestListener = (request, response) => {
    handle(registry, request, response, now).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      json(response, 400, JSON.stringify({ status: 'error', errorType: 'bad_data', error: message }))
    })
  }
  const server = createServer(answer)
  return createDoor(port, (socket) => void server.emit('connection', socket))
}

async function handle(
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
  now: () => number,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [first, namespace, pod, port, last] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
  if (url.pathname === '/metrics/all') return text(response, exposition(registry.targets(), true))
  if (first === 'pods' && last === 'metrics') {
    const found = [...registry.targets()].filter(
      ({ labels, port: own, ended }) =>
        labels['namespace'] === namespace && labels['pod'] === pod && String(own) === port && ended === null,
    )
    if (found.length) return text(response, exposition(found, false))
  }
  if (url.pathname === '/-/ready' || url.pathname === '/-/healthy')
    return text(response, 'Prometheus Server is Ready.\n')
  if (url.pathname === '/api/v1/status/buildinfo')
    return json(response, 200, JSON.stringify({ status: 'success', data: { version: '3.5.0', revision: 'demo' } }))
  if (url.pathname === '/api/v1/query') {
    const given = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : url.searchParams
    return json(response, 200, answerQuery(registry, given.get('query') ?? '', timeOf(given.get('time'), now)))
  }
  json(response, 404, JSON.stringify({ status: 'error', errorType: 'not_found', error: `no ${url.pathname} here` }))
}

/** Milliseconds of a time as the API takes it: Unix seconds or RFC 3339. */
function timeOf(given: string | null, now: () => number): number {
  if (given === null) return now()
  const time = /^[\d.]+$/.test(given) ? Number(given) * 1000 : Date.parse(given)
  if (Number.isNaN(time)) throw new Error(`invalid parameter "time": ${given.slice(0, 40)}`)
  return time
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBodyBytes) throw new Error('the request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function text(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': exposed })
  response.end(body)
}

function json(response: ServerResponse, code: number, body: string): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(body)
}
