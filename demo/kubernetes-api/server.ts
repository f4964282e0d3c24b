import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../listen'
import { createLister } from './list'
import type { ObjectStore } from './object-store'
import { discovery, parsePath, type Target } from './resources'
import { forbidden, notFound, pathNotFound, StatusError, unauthorized } from './status'
import { serveWatch } from './watch'

export type ApiServerOptions = {
  readonly store: ObjectStore
  readonly token: string
  /** 0 takes a free port. */
  readonly port: number
  readonly bookmarkMs?: number
}

export type ApiServer = { readonly port: number; readonly url: string; close(): Promise<void> }

/** Who the one token stands for. */
const account = 'system:serviceaccount:oriel:oriel'

/** Serves the Kubernetes API on loopback, read-only. */
export async function startApiServer({
  store,
  token,
  port,
  bookmarkMs = 60_000,
}: ApiServerOptions): Promise<ApiServer> {
  const list = createLister(store)

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/healthz' || url.pathname === '/readyz') return void response.end('ok')
    if (request.headers.authorization !== `Bearer ${token}`) throw unauthorized()
    const discovered = discovery(url.pathname)
    if (discovered) return json(response, 200, discovered)
    const target = parsePath(url.pathname)
    if (!target) throw pathNotFound()
    const watch = ['true', '1'].includes(url.searchParams.get('watch') ?? '')
    const verb = verbOf(request.method, target, watch)
    const { group, plural } = target.resource
    if (target.resource.forbidden || !['get', 'list', 'watch'].includes(verb))
      throw forbidden(account, verb, group, plural, target.namespace)
    if (verb === 'watch') return serveWatch(store, target, url.searchParams, response, bookmarkMs)
    if (verb === 'list') return json(response, 200, list(target, url.searchParams))
    const object = store.get(plural, target.namespace, target.name)
    if (!object) throw notFound(group, plural, target.name)
    json(response, 200, object)
  }

  const server = createServer((request, response) => {
    try {
      answer(request, response)
    } catch (thrown) {
      const error =
        thrown instanceof StatusError
          ? thrown
          : new StatusError(500, 'InternalError', `Internal error: ${String(thrown)}`)
      json(response, error.status.code, error.status)
    }
  })
  const bound = await listen(server, port)
  return { ...bound, url: `http://127.0.0.1:${bound.port}` }
}

const writeVerbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

const verbOf = (method = 'GET', target: Target, watch: boolean): string =>
  writeVerbs[method] ?? (target.name ? 'get' : watch ? 'watch' : 'list')

function json(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
