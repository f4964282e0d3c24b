import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../listen'
import { demand, reviewAccess } from './access'
import { patchTypeOf, readBody } from './body'
import { createLister } from './list'
import type { ObjectStore } from './object-store'
import { askerOf } from './people'
import { remove } from './remove'
import { accessReviewOf, discovery, parsePath, resourceKey, type Target, verbsOf } from './resources'
import { badRequest, methodNotAllowed, notFound, pathNotFound, StatusError } from './status'
import { serveWatch } from './watch'
import { create, patch, replace, type WriteAnswer, type WriteOptions } from './write'

export type ApiServerOptions = {
  readonly store: ObjectStore
  readonly token: string
  /** 0 takes a free port. */
  readonly port: number
  readonly bookmarkMs?: number
  readonly now?: () => number
}

export type ApiServer = { readonly port: number; readonly url: string; close(): Promise<void> }

/** Serves the Kubernetes API on loopback; policies can be written by whom the company's rules allow it. */
export async function startApiServer({
  store,
  token,
  port,
  bookmarkMs = 60_000,
  now = Date.now,
}: ApiServerOptions): Promise<ApiServer> {
  const list = createLister(store)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/healthz' || url.pathname === '/readyz') return void response.end('ok')
    const asker = askerOf(request, token)
    const review = request.method === 'POST' ? accessReviewOf(url.pathname) : undefined
    if (review) return json(response, 201, reviewAccess(store, asker, review, await readBody(request)))
    const discovered = discovery(url.pathname)
    if (discovered) return json(response, 200, discovered)
    const target = parsePath(url.pathname)
    if (!target) throw pathNotFound()
    const { resource, namespace, name } = target
    const query = url.searchParams
    const watch = ['true', '1'].includes(query.get('watch') ?? '')
    const verb = verbOf(request.method, target, watch)
    demand(store, asker, { verb, group: resource.group, resource: resource.plural, namespace, name })
    if (!verbsOf(resource).includes(verb)) throw methodNotAllowed()
    if (verb === 'watch') return serveWatch(store, target, query, response, bookmarkMs)
    if (verb === 'list') return json(response, 200, list(target, query))
    const held = store.get(resourceKey(resource), namespace, name)
    if (verb === 'get') {
      if (!held) throw notFound(resource.group, resource.plural, name)
      return json(response, 200, held)
    }
    // Who applies what is not there creates it, too.
    if (verb === 'patch' && !held)
      demand(store, asker, { verb: 'create', group: resource.group, resource: resource.plural, namespace })
    const { code, body } = await write(request, verb, target, optionsOf(request, query, now()))
    json(response, code, body)
  }

  const write = async (
    request: IncomingMessage,
    verb: string,
    target: Target,
    options: WriteOptions,
  ): Promise<WriteAnswer> => {
    const body = await readBody(request)
    if (verb === 'create') return create(store, target, body, options)
    if (!target.name) throw methodNotAllowed()
    if (verb === 'update') return replace(store, target, body, options)
    if (verb === 'patch') return patch(store, target, body, patchTypeOf(request), options)
    const { dryRun } = body
    return remove(store, target, body, options.dryRun || (Array.isArray(dryRun) && dryRun.includes('All')))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      const error =
        thrown instanceof StatusError
          ? thrown
          : new StatusError(500, 'InternalError', `Internal error: ${String(thrown)}`)
      if (!response.headersSent) json(response, error.status.code, error.status)
    })
  })
  const bound = await listen(server, port)
  return { ...bound, url: `http://127.0.0.1:${bound.port}` }
}

/** Throws StatusError 400. */
function optionsOf({ headers }: IncomingMessage, query: URLSearchParams, now: number): WriteOptions {
  const dryRun = query.get('dryRun')
  if (dryRun !== null && dryRun !== 'All')
    throw badRequest(`dryRun: Unsupported value: "${dryRun}": supported values: "All"`)
  return {
    fieldManager: query.get('fieldManager'),
    program: headers['user-agent']?.split('/')[0] ?? 'unknown',
    force: query.get('force') === 'true',
    dryRun: dryRun === 'All',
    strict: query.get('fieldValidation') === 'Strict',
    now,
  }
}

const writeVerbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

const verbOf = (method = 'GET', target: Target, watch: boolean): string =>
  writeVerbs[method] ?? (target.name ? 'get' : watch ? 'watch' : 'list')

function json(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
