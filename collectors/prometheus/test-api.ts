import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TestSeries = {
  readonly labels: Readonly<Record<string, string>>
  readonly points: [number, number | object][]
}

export type TestApi = {
  readonly port: number
  readonly series: TestSeries[]
  readonly queries: { readonly query: string; readonly time: number; readonly headers: IncomingMessage['headers'] }[]
  /** How far its clock is ahead. */
  clockMs: number
  /** Answers instead, where it returns true. */
  instead: (response: ServerResponse, request: IncomingMessage) => boolean
  stop(): void
}

/** For tests: the query API of a server that holds `series` (times in ms); it knows the selectors that the source uses. */
export async function startApi(tls?: { readonly key: Buffer; readonly cert: Buffer }, prefix = ''): Promise<TestApi> {
  const api: Omit<TestApi, 'port' | 'stop'> = { series: [], queries: [], clockMs: 0, instead: () => false }
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => {})
    request.on('end', () => {
      if (api.instead(response, request)) return
      if (request.url !== `${prefix}/api/v1/query`) {
        response.writeHead(404).end('404 page not found')
        return
      }
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
      const [query, time] = [form.get('query') ?? '', Number(form.get('time')) * 1000]
      api.queries.push({ query, time, headers: request.headers })
      const result = select(api.series, query, time)
      response.setHeader('date', new Date(Date.now() + api.clockMs).toUTCString())
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }))
    })
  }
  const server = tls ? createSecureServer(tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(api, {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  })
}

const nameLabel = '__name__'

function select(series: readonly TestSeries[], query: string, time: number): unknown[] {
  const [, selector = '', seconds = '0'] = /^(.*)\[(\d+)s\]$/s.exec(query) ?? []
  const names = /^\w+$/.test(selector) ? [selector] : (/__name__=~"([^"]*)"/.exec(selector)?.[1] ?? '').split('|')
  const equal = [...selector.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name ?? '', value ?? ''] as const)
  return series.flatMap(({ labels, points }) => {
    if (!names.includes(labels[nameLabel] ?? '')) return []
    if (equal.some(([name, value]) => labels[name] !== value)) return []
    const inRange = points.filter(([at]) => at <= time && at > time - Number(seconds) * 1000)
    if (inRange.length === 0) return []
    const numbers = inRange.filter(([, value]) => typeof value === 'number')
    const histograms = inRange.filter(([, value]) => typeof value !== 'number')
    return [
      {
        metric: labels,
        ...(numbers.length > 0 && { values: numbers.map(([at, value]) => [at / 1000, String(value)]) }),
        ...(histograms.length > 0 && { histograms: histograms.map(([at, value]) => [at / 1000, value]) }),
      },
    ]
  })
}

/** A certificate for 127.0.0.1 that signs itself, with its path. Needs openssl. */
export function selfSigned(): { readonly key: Buffer; readonly cert: Buffer; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-tls-'))
  const [key, path] = [join(folder, 'server.key'), join(folder, 'server.crt')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const name = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', path, ...name], { stdio: 'pipe' })
  return { key: readFileSync(key), cert: readFileSync(path), path }
}
