import { complementPorts, intersectPorts, portSet } from '../port-set'
import { allPorts, highestPort, lowestPort, type PortSet } from '../ports'
import { field, isAbsent, type Reader, refuse, unknownFields } from '../read'
import type { RequestMatch, TextMatch } from '../request-match'
import { noTerms, type Terms } from './istio-terms'
import { conditionsOf, hasValues, type Values, valuesAt, wildcard } from './istio-values'

const lists = ['hosts', 'ports', 'methods', 'paths'] as const
const known = lists.flatMap((name) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`])
const strangeField: RequestMatch = { is: 'unclear', doubt: 'a field of the operation is not known here' }

/** One item of `to`; its fields must all hold. All but ports are of HTTP only. */
export function operationAt(item: Reader): Terms {
  const at = field(item, 'operation')
  if (isAbsent(at)) refuse(at, 'is required')
  const [hosts, ports, methods, paths] = lists.map((name) => valuesAt(at, name))
  if (!hosts || !ports || !methods || !paths) return noTerms
  const strange = unknownFields(at, known).length > 0
  if (!strange && ![hosts, ports, methods, paths].some(hasValues)) refuse(at, 'must not be empty')
  return {
    ...noTerms,
    ports: portsOf(field(at, 'ports'), ports),
    http: [
      ...(strange ? [strangeField] : []),
      ...texts('host', hosts, (host) => wildcard(host.toLowerCase())),
      ...texts('method', methods, wildcard),
      ...texts('url-path', paths, (path) => pathOf(field(at, 'paths'), path)),
    ],
  }
}

const texts = (is: 'host' | 'method' | 'url-path', values: Values, of: (text: string) => TextMatch) =>
  conditionsOf(values, (all): RequestMatch => ({ is, texts: all.map(of) }))

/** Numbers as texts, of the workload's ports. */
export function portsOf(at: Reader, { of, not }: Values): PortSet {
  const set = (all: readonly string[]) =>
    portSet(
      all.map((text) => {
        const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
        if (port < lowestPort || port > highestPort) refuse(at, `${JSON.stringify(text)} is no port`)
        return { from: port, to: port }
      }),
    )
  return intersectPorts(of.length > 0 ? set(of) : allPorts, complementPorts(set(not)))
}

/** With `{*}` or `{**}` it is a template, in which a bare `*` has no meaning. */
function pathOf(at: Reader, path: string): TextMatch {
  if (!path.includes('{*}') && !path.includes('{**}')) return wildcard(path)
  const segments = path.split('/')
  const open = segments.indexOf('{**}')
  const plain = segments.filter((segment) => segment !== '{*}' && segment !== '{**}')
  const fits =
    plain.every((segment) => !/[*{}]/.test(segment)) &&
    (open < 0 || !segments.slice(open + 1).some((segment) => segment === '{*}' || segment === '{**}'))
  if (!fits) refuse(at, `${JSON.stringify(path)} is no path template`)
  return { how: 'template', segments }
}
