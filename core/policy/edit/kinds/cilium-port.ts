import type { Fields } from '../../read'
import { samePath } from '../path'
import type { Path } from '../path'
import type { AlsoSays, PortChoice, RequestChoice, VisualRule } from '../visual'
import { alsoIn, fieldsOf, listAt, numberOf, textOf, withValue } from './fields'
import { isRefused, type Next, refused, type Refused } from './kind-editor'
import { strangePort } from './network-policy-port'

const protocols = ['TCP', 'UDP', 'SCTP'] as const
type Parts = Pick<VisualRule, 'ports' | 'requests' | 'also'>

/** `toPorts` of a rule. What only some of its entries ask of requests is shown as YAML. */
export function ciliumPortsOf(rule: Fields, path: Path): Parts {
  const entries = listAt(rule, ['toPorts']).map(fieldsOf)
  const items = entries.flatMap((entry, i) =>
    listAt(entry, ['ports']).map((port, j) => ({ path: [...path, 'toPorts', i, 'ports', j], value: portOf(port) })),
  )
  const requests = requestsIn(rule)
  const also = entries.flatMap((entry, i): readonly AlsoSays[] =>
    alsoIn(entry, [...path, 'toPorts', i], requests ? ['ports', 'rules'] : ['ports']),
  )
  return {
    ports:
      entries.length === 0 ? { are: 'everything' } : items.length === 0 ? { are: 'nothing' } : { are: 'some', items },
    requests:
      requests && requests.length > 0
        ? {
            are: 'some',
            items: requests.map((value, i) => ({ path: [...path, 'toPorts', 0, 'rules', 'http', i], value })),
          }
        : { are: 'everything' },
    also,
  }
}

/** Methods and paths of the only entry of a rule; null: it is not so simple. */
function requestsIn(rule: Fields): readonly RequestChoice[] | null {
  const entries = listAt(rule, ['toPorts']).map(fieldsOf)
  const rules = entries.flatMap((entry) => (entry.rules === undefined ? [] : [fieldsOf(entry.rules)]))
  if (rules.length === 0) return []
  const http = listAt(rules[0], ['http']).map(fieldsOf)
  const simple = http.every((one) => Object.keys(one).every((key) => key === 'method' || key === 'path'))
  const only = Object.keys(rules[0] ?? {}).every((key) => key === 'http')
  if (entries.length > 1 || !simple || !only || http.length === 0) return null
  return http.map(({ method, path }) => ({
    methods: textOf(method) === null ? [] : [textOf(method) ?? ''],
    paths: textOf(path) === null ? [] : [textOf(path) ?? ''],
  }))
}

/** Port 0 is every port. */
function portOf(item: unknown): PortChoice {
  const { port, protocol, endPort } = fieldsOf(item)
  const of = protocol === undefined || protocol === 'ANY' ? 'any' : protocols.find((one) => one === protocol)
  const text = typeof port === 'number' ? String(port) : textOf(port)
  if (!of || text === null) return strangePort
  if (!/^\d+$/.test(text)) return { protocol: of, port: { name: text } }
  const from = Number(text)
  return { protocol: of, port: from === 0 ? 'any' : { from, to: Math.max(from, numberOf(endPort) ?? from) } }
}

function writePort({ protocol, port }: PortChoice): Fields | Refused {
  const known = protocol === 'any' ? 'ANY' : protocols.find((one) => one === protocol)
  if (!known) return refused('Ports of Cilium are of TCP, UDP, SCTP, or any of them.')
  if (port === 'any') return { port: '0', protocol: known }
  if ('name' in port) return { port: port.name, protocol: known }
  return { port: String(port.from), ...(port.to > port.from ? { endPort: port.to } : {}), protocol: known }
}

/** The rule with other ports; each that stays, stays in its entry. */
export function withCiliumPorts(rule: Fields, next: Next<PortChoice>): Fields | Refused {
  const entries = listAt(rule, ['toPorts']).map(fieldsOf)
  if (next === 'everything') {
    if (entries.some(({ rules }) => rules !== undefined))
      return refused('Methods and paths are asked for on a port. Take what is asked of requests away first.')
    return withValue(rule, ['toPorts'], undefined)
  }
  const kept = next.flatMap((item) => ('keep' in item ? [item.keep] : []))
  const fresh: Fields[] = []
  for (const item of next) {
    const port = 'value' in item ? writePort(item.value) : null
    if (isRefused(port)) return port
    if (port) fresh.push(port)
  }
  const left = entries
    .map((entry, i) => ({
      ...entry,
      ports: listAt(entry, ['ports']).filter((_, j) => kept.some((path) => samePath(path, ['toPorts', i, 'ports', j]))),
    }))
    .filter(({ ports }) => ports.length > 0 || entries.length === 1)
  const target = left.length === 1 ? 0 : left.findIndex((entry) => fieldsOf(entry).rules === undefined)
  const grown =
    fresh.length === 0
      ? left
      : target < 0
        ? [...left, { ports: fresh }]
        : left.map((entry, i) => (i === target ? { ...entry, ports: [...entry.ports, ...fresh] } : entry))
  return withValue(rule, ['toPorts'], grown)
}

/** The same for methods and paths, of which each pair is a rule of HTTP. */
export function withCiliumRequests(rule: Fields, next: Next<RequestChoice>): Fields | Refused {
  const [entry, ...more] = listAt(rule, ['toPorts']).map(fieldsOf)
  if (next === 'everything' && (!entry || entry.rules === undefined)) return rule
  if (!entry) return refused('Methods and paths are asked for on a port. Name a port first.')
  if (more.length > 0 || !requestsIn(rule)) return refused('What this rule says of requests is edited as YAML.')
  if (next === 'everything') return withValue(rule, ['toPorts'], [withValue(entry, ['rules'], undefined)])
  const http = next.flatMap((item): readonly unknown[] =>
    'keep' in item ? [listAt(entry, ['rules', 'http'])[Number(item.keep.at(-1))]] : pairsOf(item.value),
  )
  return withValue(rule, ['toPorts'], [withValue(entry, ['rules'], { http })])
}

const pairsOf = ({ methods, paths }: RequestChoice): readonly Fields[] =>
  (methods.length > 0 ? methods : [null]).flatMap((method) =>
    (paths.length > 0 ? paths : [null]).map((path) => ({
      ...(method === null ? {} : { method }),
      ...(path === null ? {} : { path }),
    })),
  )
