import { compilePolicies } from '../compile'
import type { End, Flow, PolicyVerdict } from '../decision'
import { endOf, evaluate } from '../evaluate'
import type { Model, ModelObject } from '../model'
import { defaultOptions, type Options } from '../profile'
import { modelOf, pod, space } from '../test-model'

/** A small cluster for tables of cases. */
export const web = pod('shop/web', {
  labels: { app: 'web', tier: 'front' },
  ips: ['10.0.0.1'],
  serviceAccount: 'web',
  nodes: ['n1'],
})
export const db = pod('shop/db', {
  labels: { app: 'db' },
  ips: ['10.0.0.2'],
  nodes: ['n1'],
  ports: [{ name: 'sql', protocol: 'TCP', port: 5432 }],
})
export const job = pod('batch/job', {
  labels: { app: 'job' },
  ips: ['10.0.0.3'],
  serviceAccount: 'robot',
  nodes: ['n2'],
})
export const agent = pod('ops/agent', { labels: { app: 'agent' }, ips: ['10.9.0.1'], nodes: ['n1'], hostNetwork: true })
export const pods = { web, db, job, agent }

export const outside = (address: string): End => ({ type: 'external', address })
export const node: End = { type: 'node', name: 'n2', addresses: ['10.9.0.2'] }

export const cluster: Partial<Model> = {
  namespaces: [space('shop', { team: 'sales' }), space('batch', { team: 'data' }), space('ops')],
  serviceAccounts: [
    { namespace: 'shop', name: 'web', labels: { role: 'client' } },
    { namespace: 'batch', name: 'robot', labels: { role: 'worker' } },
  ],
  services: [
    {
      namespace: 'shop',
      name: 'db',
      labels: {},
      selector: { app: 'db' },
      clusterIps: ['10.96.0.1'],
      ports: [{ name: 'sql', protocol: 'TCP', port: 80, targetPort: 'sql' }],
      addresses: [],
    },
    {
      namespace: 'shop',
      name: 'legacy',
      labels: {},
      selector: null,
      clusterIps: [],
      ports: [{ name: '', protocol: 'TCP', port: 80, targetPort: 8080 }],
      addresses: ['192.0.2.9'],
    },
  ],
}

export type Asked = {
  readonly from?: End | keyof typeof pods
  readonly to?: End | keyof typeof pods
  readonly port?: number | null
} & Partial<Pick<Flow, 'protocol' | 'sourcePort' | 'request'>>

/** What is decided of a flow, from web to db on TCP 80 where nothing else is said. */
export function verdict(
  objects: readonly ModelObject[],
  asked: Asked = {},
  options: Partial<Options> = {},
): PolicyVerdict {
  const { from = 'web', to = 'db', port = 80, ...rest } = asked
  const end = (one: End | keyof typeof pods) => (typeof one === 'string' ? endOf(pods[one]) : one)
  const compiled = compilePolicies(modelOf(Object.values(pods), objects, cluster), {
    ...defaultOptions,
    profile: 'calico',
    ...options,
  })
  return evaluate(compiled, { protocol: 'TCP', port, ...rest, from: end(from), to: end(to) }).verdict
}

/** An object of Calico. `name`: `namespace/name` or `name`. */
export function calico(kind: string, name: string, spec: ModelObject, labels: Readonly<Record<string, string>> = {}) {
  const [namespace, own] = name.includes('/') ? name.split('/') : [undefined, name]
  return {
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: { name: own, ...(namespace === undefined ? {} : { namespace }), labels },
    spec,
  }
}

/** A policy for db, ingress, in namespace shop. */
export const forDb = (...ingress: readonly ModelObject[]): ModelObject =>
  calico('NetworkPolicy', 'shop/np', { selector: "app == 'db'", ingress })
export const allow = (source: ModelObject = {}): ModelObject => ({ action: 'Allow', source })
