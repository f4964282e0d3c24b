import type { ModelCatalogue } from '../catalogue'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import { field, fieldsAt, isAbsent, itemsAt, type Reader, readerOf, refOf, textAt } from '../read'
import type { RequestMatch, TextMatch } from '../request-match'
import { linkerdGroup } from './linkerd-values'
import { objectsIn } from './mesh-objects'

const gatewayGroup = 'gateway.networking.k8s.io'

const routeKind = (group: string, kind: string, versions: PolicyKind['versions']): PolicyKind => ({
  group,
  kind,
  plural: `${kind.toLowerCase()}s`,
  versions,
  namespaced: true,
  onlyReferredTo: true,
  standsAlone: true,
  parse: (object): Parsed => {
    const ref = refOf(object, kind, true)
    return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks: [], tiers: [] }) }
  },
})

/** Routes, which an AuthorizationPolicy may be about where they belong to a Server. */
export const linkerdRoutes: readonly PolicyKind[] = [
  routeKind(linkerdGroup, 'HTTPRoute', ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1']),
  routeKind(gatewayGroup, 'HTTPRoute', ['v1', 'v1beta1']),
  routeKind(gatewayGroup, 'GRPCRoute', ['v1', 'v1alpha2']),
]

export type LinkerdRoute = {
  readonly kind: string
  readonly group: string
  readonly name: string
  /** Names of the Servers that it belongs to. */
  readonly servers: readonly string[]
  readonly request: RequestMatch
  /** Takes every request. */
  readonly open: boolean
}

const found = new WeakMap<ModelObject, LinkerdRoute>()

/** Routes of a namespace that belong to a Server; each is read once. */
export const routesOf = (catalogue: ModelCatalogue, namespace: string): readonly LinkerdRoute[] =>
  linkerdRoutes
    .flatMap(({ group, kind }) =>
      objectsIn(catalogue, group, kind, namespace).map((object) => {
        const route = found.get(object) ?? readRoute(object, group, kind)
        found.set(object, route)
        return route
      }),
    )
    .filter(({ servers }) => servers.length > 0)

/** What of a Server tells which routes are its. */
type RoutedServer = { readonly ref: PolicyRef; readonly opaque: boolean }

/** What a Server with routes takes: plain connections, and requests of one of them. null: everything. */
export function routedRequest(catalogue: ModelCatalogue, { ref, opaque }: RoutedServer): RequestMatch | null {
  if (opaque) return null
  const routes = routesOf(catalogue, ref.namespace ?? '').filter(({ servers }) => servers.includes(ref.name))
  if (routes.length === 0 || routes.some(({ open }) => open)) return null
  return { is: 'some', of: [{ is: 'plain' }, ...routes.map(({ request }) => request)] }
}

function readRoute(object: ModelObject, group: string, kind: string): LinkerdRoute {
  const { name } = refOf(object, kind, true)
  const spec = field(readerOf(object), 'spec')
  const parents = (itemsAt(field(spec, 'parentRefs')) ?? []).filter((one) => textAt(field(one, 'kind')) === 'Server')
  const servers = parents.flatMap((one) => textAt(field(one, 'name')) ?? [])
  const rules = itemsAt(field(spec, 'rules')) ?? []
  const matches = rules.flatMap((rule) => itemsAt(field(rule, 'matches')) ?? [{ ...rule, value: {} }])
  const request: RequestMatch =
    kind === 'GRPCRoute' ? { is: 'unclear', doubt: '' } : { is: 'some', of: matches.map(matchAt) }
  const hosts = (itemsAt(field(spec, 'hostnames')) ?? []).map((item): TextMatch => {
    const host = (textAt(item) ?? '').toLowerCase()
    return host.startsWith('*.') ? { how: 'suffix', text: host.slice(1) } : { how: 'exact', text: host }
  })
  const hosted: readonly RequestMatch[] = hosts.length > 0 ? [{ is: 'host', texts: hosts }] : []
  const http: RequestMatch = { is: 'not', of: { is: 'plain' } }
  return {
    kind,
    group,
    name,
    servers,
    request: { is: 'every', of: [http, ...hosted, request] },
    open: kind === 'HTTPRoute' && hosts.length === 0 && matches.some(isOpen),
  }
}

/** Nothing, or the path of everything, which is what an absent list of matches is. */
function isOpen(match: Reader): boolean {
  const path = field(match, 'path')
  if (Object.keys(fieldsAt(match)).some((name) => name !== 'path')) return false
  if (isAbsent(path)) return true
  return (textAt(field(path, 'type')) ?? 'PathPrefix') === 'PathPrefix' && (textAt(field(path, 'value')) ?? '/') === '/'
}

/** A match of an HTTPRoute; regular expressions and queries are not read. */
function matchAt(at: Reader): RequestMatch {
  const path = field(at, 'path')
  const method = textAt(field(at, 'method'))
  const headers = (itemsAt(field(at, 'headers')) ?? []).map((header): RequestMatch => {
    const value = textAt(field(header, 'value')) ?? ''
    if ((textAt(field(header, 'type')) ?? 'Exact') !== 'Exact') return unread
    return { is: 'header', name: textAt(field(header, 'name')) ?? '', texts: [{ how: 'exact', text: value }] }
  })
  return {
    is: 'every',
    of: [
      ...(isAbsent(path) ? [] : [pathAt(path)]),
      ...(method === null ? [] : [{ is: 'method', texts: [{ how: 'exact', text: method }] } as const]),
      ...headers,
      ...(itemsAt(field(at, 'queryParams')) ?? []).map(() => unread),
    ],
  }
}

const unread: RequestMatch = { is: 'unclear', doubt: 'a condition of the route is not read here' }

/** A prefix ends at a slash or at the path's end. */
function pathAt(at: Reader): RequestMatch {
  const text = textAt(field(at, 'value')) ?? '/'
  const type = textAt(field(at, 'type')) ?? 'PathPrefix'
  if (type === 'Exact') return { is: 'url-path', texts: [{ how: 'exact', text }] }
  if (type !== 'PathPrefix') return unread
  const folder = text.replace(/\/+$/, '')
  return {
    is: 'url-path',
    texts: [
      { how: 'exact', text: folder },
      { how: 'prefix', text: `${folder}/` },
    ],
  }
}
