import { views } from '../figures/family'
import { type FilterField, filterFields, isEndField } from './filter-ast'
import { healths } from '../figures/figures'
import { encryptedValues } from './filter-encryption'
import { l7Protocols, protocols, verdicts } from '../verdict'

/** What `is:` may ask of an endpoint. */
export const natures = [
  'external',
  'datastore',
  'gateway',
  'waypoint',
  'workload',
  'service',
  'node',
  'idle',
  'new',
] as const
export type Nature = (typeof natures)[number]

/** One term of the filter language, as completion and help show it. */
export type TermHelp = {
  /** name: matched as a whole, `*` for any characters; choice: one of `values`; number and figure: compared; address: an IP or a range. */
  readonly kind: 'name' | 'choice' | 'number' | 'figure' | 'address'
  readonly help: string
  readonly example: string
  /** What completion offers after the colon; of a choice, all that may stand there. */
  readonly values: readonly string[]
}

const term = (kind: TermHelp['kind'], help: string, example: string, values: readonly string[] = []): TermHelp => ({
  kind,
  help,
  example,
  values,
})

/** The whole language, in the order in which completion offers it. */
export const filterTerms: Readonly<Record<FilterField, TermHelp>> = {
  ns: term('name', 'Namespace of either end', 'ns:shop,checkout'),
  from: term('name', 'The caller, by name or namespace/name', 'from:web'),
  to: term('name', 'The callee, by name or namespace/name', 'to:shop/cart'),
  health: term('choice', 'How an edge or a service is doing', 'health:failing', healths),
  error: term('figure', 'Share of responses that are server errors', 'error:>5%', ['>0%', '>1%', '>5%']),
  p95: term('figure', '95th percentile of latency', 'p95:>300ms', ['>100ms', '>300ms', '>1s']),
  verdict: term('choice', 'What happened to flows', 'verdict:denied', verdicts),
  name: term('name', 'Name of either end', 'name:cart-*'),
  team: term('name', 'Team of either end', 'team:payments'),
  app: term('name', 'Application of either end', 'app:storefront'),
  kind: term('name', 'Kind of either end', 'kind:StatefulSet'),
  is: term('choice', 'What either end is', 'is:external', natures),
  role: term('choice', 'Door of the cluster, or a proxy on the way', 'role:gateway', ['gateway', 'waypoint']),
  ip: term('address', 'Address of an end that is named by its address', 'ip:10.0.0.0/8'),
  cluster: term('name', 'Cluster of either end', 'cluster:prod-eu-1'),
  port: term('number', 'Destination port', 'port:5432,6379'),
  proto: term('choice', 'Transport or application protocol', 'proto:http', [
    ...new Set([...l7Protocols, ...protocols].filter((protocol) => protocol !== 'none')),
  ]),
  encrypted: term('choice', 'What protected it on its way', 'encrypted:no', encryptedValues),
  tunnel: term('choice', 'Whether WireGuard or IPsec between the nodes carried it', 'tunnel:no', ['yes', 'no']),
  status: term('number', 'Response code of a flow; 4xx and 5xx also of an edge', 'status:5xx', [
    '4xx',
    '5xx',
    '404',
    '429',
    '503',
  ]),
  op: term('name', 'What is asked: HTTP route, gRPC method, DNS name', 'op:/users/*'),
  reason: term('name', 'Why flows were denied or failed', 'reason:POLICY_DENIED'),
  rate: term('figure', 'Requests per second, or flows where there are none', 'rate:>10', ['>1', '>10', '>100']),
  p50: term('figure', 'Median latency', 'p50:>100ms', ['>50ms', '>100ms', '>1s']),
  p99: term('figure', '99th percentile of latency', 'p99:>1s', ['>300ms', '>1s', '>3s']),
  bytes: term('figure', 'Bytes per second, both ways', 'bytes:>1MB', ['>100kB', '>1MB', '>10MB']),
  mtls: term('figure', 'Share of requests, connections or bytes with mTLS', 'mtls:<100%', ['<100%', '<50%', '>=99%']),
  conns: term('figure', 'Open connections on average', 'conns:>100', ['>10', '>100', '>1k']),
  source: term('name', 'Source that saw it', 'source:hubble'),
  seen: term(
    'choice',
    'Where it was seen: by the network, by proxies (a mesh), by spans',
    'seen:flows !seen:proxies',
    views,
  ),
}

/** Other words for the same fields, as neighbouring tools call them. */
const aliases: Readonly<Record<string, FilterField>> = {
  namespace: 'ns',
  src: 'from',
  dst: 'to',
  workload: 'name',
  protocol: 'proto',
  code: 'status',
  operation: 'op',
  route: 'op',
  method: 'op',
  errors: 'error',
  rps: 'rate',
  connections: 'conns',
  latency: 'p95',
  encryption: 'encrypted',
}

const names: ReadonlyMap<string, FilterField> = new Map([
  ...Object.entries(aliases),
  ...filterFields.map((field): [string, FilterField] => [field, field]),
])

/** The field of that name, in any case and by other words too; null where there is none. */
export const fieldNamed = (name: string): FilterField | null => names.get(name.toLowerCase()) ?? null

/** Fields in the order of the table; `part`: those that may follow `from:` and `to:`. */
export const fieldNames = (part = false): readonly FilterField[] =>
  inOrder.filter((field) => !part || isEndField(field))

const order = Object.keys(filterTerms)
const inOrder = filterFields.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))

/** Every word by which a field can be named. */
export const knownNames = (): readonly string[] => [...names.keys()]
