import { routeTemplate } from './route-template'
import { clean } from '../text/text'

/** Names of operations are never longer. */
export const maxOperation = 200

/** What stands for the operations of a callee beyond those that are told apart. */
export const otherOperation = '(other)'

const methods: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT SEARCH QUERY'.split(
    ' ',
  ),
)

/** The method as HTTP knows it; anything else is `OTHER`, so that strangers cannot make names. */
export function methodName(method: string): string {
  const upper = method.toUpperCase()
  return methods.has(upper) ? upper : upper === '' ? '' : 'OTHER'
}

/** `GET /users/{id}` of a method and a path or URL. */
export function pathOperation(method: string, path: string): string {
  const name = methodName(method)
  // What is asked of a proxy is a host, which is no route.
  return name === 'CONNECT' ? name : `${name} ${routeTemplate(path)}`.trim()
}

/** `GET /users/:id` of a method and the route as the application itself names it. */
export const routeOperation = (method: string, route: string): string =>
  clean(`${methodName(method)} ${route}`.trim(), maxOperation)

/** `shop.Cart/GetItem` of the path of a gRPC call; one that is no `/service/Method` is templated as any path. */
export function grpcOperation(path: string): string {
  const plain = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '')
  const [, service = '', method = ''] = /^\/?([\w.-]+)\/([\w.-]+)$/.exec(plain) ?? []
  return clean(service ? `${service}/${method}` : routeTemplate(plain), maxOperation)
}

const maxTypes = 4

/** `A catalog.shop.svc.cluster.local` of a DNS question. Addresses and ids inside the name are taken out; other names stay as they were asked. */
export function dnsOperation(query: string, types: readonly string[]): string {
  const name = clean(query.toLowerCase(), 253).replace(/\.$/, '').replace(arpa, '{ip}.$1.arpa')
  const labels = name.split('.').map((label) => (isId(label) ? '{id}' : podAddress.test(label) ? '{ip}' : label))
  return clean(`${types.slice(0, maxTypes).map(typeWord).join(',')} ${labels.join('.')}`.trim(), maxOperation)
}

const arpa = /^[0-9a-f.]+\.(in-addr|ip6)\.arpa$/
const podAddress = /^(ip-)?\d{1,3}(-\d{1,3}){3}$/
const isId = (label: string) =>
  /^[0-9a-f]{16,}$/.test(label) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(label)
const typeWord = (type: string) => (/^[A-Z0-9]{1,10}$/.test(type) ? type : '?')

/** Any other words for an operation (`SELECT orders`, `publish orders`, a span's name), with what looks like an id in them replaced. */
export const wordsOperation = (words: string): string =>
  clean(
    clean(words, 4 * maxOperation)
      .split(' ')
      .filter(Boolean)
      .map((word) => (word.includes('/') ? slashed(word) : /\d{3}|[0-9a-f]{12}/i.test(word) ? '{id}' : word))
      .join(' '),
    maxOperation,
  )

/** Paths are templated; a gRPC method keeps its form. */
const slashed = (word: string) => (word.startsWith('/') ? routeTemplate(word) : routeTemplate(word).slice(1))
