import type { GroundEdge, PolicyGround, PolicyRecord } from '../ground'
import { kindOf } from '../kinds'
import type { Model, ModelObject, Workload } from '../model'
import { refOf } from '../read'
import { modelOf, pod } from '../test-model'

/** A small cluster: web calls cart, cart calls db. */
export const shop: readonly Workload[] = ['cart', 'db', 'web'].map((name) =>
  pod(`shop/${name}`, { kind: 'Deployment', labels: { app: name } }),
)

export const numberOf = (name: string): number => shop.findIndex((one) => one.name === name)

export const edge = (from: string, to: string, more: Partial<GroundEdge> = {}): GroundEdge => ({
  id: `${from}|${to}|80|tcp`,
  from: { type: 'workload', workload: numberOf(from) },
  to: { type: 'workload', workload: numberOf(to) },
  protocol: 'TCP',
  port: 80,
  allowed: 0,
  denied: 0,
  evidence: { count: 10, first: 1_000, last: 2_000, days: 1 },
  lastAllowed: null,
  lastDenied: null,
  witness: 'hubble',
  ...more,
})

/** Lets `from` in to `app`, on port 80. */
export const letIn = (app: string, ...from: readonly string[]): ModelObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: app, namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app } },
    policyTypes: ['Ingress'],
    ingress: from.map((one) => ({ from: [{ podSelector: { matchLabels: { app: one } } }], ports: [{ port: 80 }] })),
  },
})

const recordOf = (object: ModelObject): PolicyRecord => {
  const kind = kindOf(object)
  return {
    ref: refOf(object, kind?.kind ?? '', kind?.namespaced ?? true),
    apiVersion: String(object.apiVersion),
    uid: 'u',
    resourceVersion: '1',
    createdAt: 0,
    changedAt: 0,
    managers: [],
    owner: { type: 'unknown' },
  }
}

export const groundOf = (
  objects: readonly ModelObject[],
  edges: readonly GroundEdge[],
  more: Partial<PolicyGround> = {},
  model: Partial<Model> = {},
): PolicyGround => ({
  cluster: 'c',
  at: 10_000,
  period: { from: 0, to: 10_000 },
  profile: 'generic',
  model: modelOf(shop, objects, model),
  records: objects.map(recordOf),
  edges,
  unread: [],
  hidesNamespaces: false,
  lastChange: null,
  ...more,
})
