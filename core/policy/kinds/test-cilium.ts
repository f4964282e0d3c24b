import { compilePolicies } from '../compile'
import type { End, Flow, PolicyVerdict } from '../decision'
import { endOf, evaluate } from '../evaluate'
import { parseObject } from '../kinds'
import type { Model, ModelObject } from '../model'
import { defaultOptions, type Options } from '../profile'
import { modelOf, pod, space } from '../test-model'
import { ciliumClusterwideNetworkPolicy } from './cilium-clusterwide-network-policy'
import { ciliumNetworkPolicy } from './cilium-network-policy'

/** A small cluster for tables of cases. */
export const pods = {
  web: pod('shop/web', { labels: { app: 'web' }, ips: ['10.0.0.1'], nodes: ['n1'], serviceAccount: 'web' }),
  db: pod('shop/db', {
    labels: { app: 'db' },
    ips: ['10.0.0.2'],
    nodes: ['n1'],
    ports: [{ name: 'sql', protocol: 'TCP', port: 5432 }],
  }),
  job: pod('batch/job', { labels: { app: 'job' }, ips: ['10.0.0.3'], nodes: ['n2'] }),
  agent: pod('ops/agent', { labels: { app: 'agent' }, ips: ['10.9.0.1'], nodes: ['n1'], hostNetwork: true }),
}

export const outside = (address: string, names?: readonly string[]): End => ({
  type: 'external',
  address,
  ...(names ? { names } : {}),
})
export const node = (name: string, address: string): End => ({ type: 'node', name, addresses: [address] })

export const ends = {
  world: outside('192.0.2.1'),
  world6: outside('2001:db8::1'),
  api: outside('198.51.100.1'),
  n1: node('n1', '10.9.0.1'),
  n2: node('n2', '10.9.0.2'),
}

const service = (name: string, parts: Partial<Model['services'][number]>): Model['services'][number] => ({
  namespace: 'shop',
  name,
  labels: {},
  selector: null,
  clusterIps: [],
  ports: [],
  addresses: [],
  ...parts,
})

export const cluster: Partial<Model> = {
  namespaces: [space('shop', { team: 'sales' }), space('batch', { team: 'data' }), space('ops')],
  nodes: [
    { name: 'n1', labels: { role: 'worker' }, addresses: ['10.9.0.1'] },
    { name: 'n2', labels: { role: 'control' }, addresses: ['10.9.0.2'] },
  ],
  services: [
    service('kubernetes', { namespace: 'default', addresses: ['198.51.100.1'] }),
    service('db', { selector: { app: 'db' }, labels: { env: 'live' } }),
    service('legacy', { addresses: ['192.0.2.1', '10.0.0.3'] }),
  ],
}

type Name = keyof typeof pods | keyof typeof ends
export type Asked = { readonly from?: Name | End; readonly to?: Name | End } & Partial<Omit<Flow, 'from' | 'to'>>

/** What is decided of a flow, from web to db on TCP 80 where nothing else is said. */
export function verdict(
  objects: readonly ModelObject[],
  { from = 'web', to = 'db', ...rest }: Asked = {},
  options: Partial<Options> = {},
): PolicyVerdict {
  return evaluate(compiled(objects, options), {
    protocol: 'TCP',
    port: 80,
    ...rest,
    from: endNamed(from),
    to: endNamed(to),
  }).verdict
}

export const compiled = (objects: readonly ModelObject[], options: Partial<Options> = {}) =>
  compilePolicies(modelOf(Object.values(pods), objects, cluster), { ...defaultOptions, profile: 'cilium', ...options })

const isPod = (name: Name): name is keyof typeof pods => name in pods

function endNamed(name: Name | End): End {
  if (typeof name !== 'string') return name
  return isPod(name) ? endOf(pods[name]) : ends[name]
}

const selectDb = { endpointSelector: { matchLabels: { app: 'db' } } }
const selectWeb = { endpointSelector: { matchLabels: { app: 'web' } } }

/** A policy of Cilium. `name`: `namespace/name`, or `name` of a clusterwide one. */
export function cilium(name: string, spec: ModelObject): ModelObject {
  const [namespace, own] = name.includes('/') ? name.split('/') : [undefined, name]
  return {
    apiVersion: 'cilium.io/v2',
    kind: namespace === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
    metadata: { name: own, ...(namespace === undefined ? {} : { namespace }) },
    spec,
  }
}

/** For db, in namespace shop. */
export const forDb = (...ingress: readonly ModelObject[]) => cilium('shop/db', { ...selectDb, ingress })
/** For db, clusterwide. */
export const wideForDb = (...ingress: readonly ModelObject[]) => cilium('db', { ...selectDb, ingress })
export const denyToDb = (...ingressDeny: readonly ModelObject[]) => cilium('shop/no', { ...selectDb, ingressDeny })
/** For what web sends, in namespace shop. */
export const fromWeb = (...egress: readonly ModelObject[]) => cilium('shop/web', { ...selectWeb, egress })

/** Paths of what is refused. */
export function refused(object: ModelObject): readonly string[] {
  const kind = object.kind === 'CiliumNetworkPolicy' ? ciliumNetworkPolicy : ciliumClusterwideNetworkPolicy
  const parsed = parseObject(kind, object)
  return 'problems' in parsed ? parsed.problems.map(({ path }) => path) : []
}
