import type { GroundEdge, GroundEnd, PolicyGround } from '../ground'
import type { Model, ModelObject, Workload } from '../model'
import { modelOf, pod, space } from '../test-model'

export const day = 86_400_000
export const now = 100 * day

const app = (key: string, ips: readonly string[], parts: Partial<Workload> = {}): Workload =>
  pod(key, { kind: 'Deployment', labels: { app: key.split('/')[1] ?? '' }, ips, ...parts })

/** Two namespaces, DNS and monitoring; numbers of `at` are those of the model. */
export const shop: readonly Workload[] = [
  app('shop/web', ['10.0.0.1']),
  app('shop/db', ['10.0.0.2'], { ports: [{ name: 'pg', protocol: 'TCP', port: 5432 }] }),
  app('data/reports', ['10.0.1.1']),
  app('data/job', ['10.0.1.2']),
  app('kube-system/coredns', ['10.0.9.1'], { labels: { 'k8s-app': 'kube-dns' } }),
  app('ops/prometheus', ['10.0.9.2'], { labels: { 'app.kubernetes.io/name': 'prometheus' } }),
]
export const at = { web: 0, db: 1, reports: 2, job: 3, dns: 4, prometheus: 5 } as const

export const workload = (name: keyof typeof at): GroundEnd => ({ type: 'workload', workload: at[name] })

export function edge(
  from: GroundEnd,
  to: GroundEnd,
  port: number | null,
  parts: Partial<Omit<GroundEdge, 'evidence'>> & { readonly count?: number; readonly first?: number } = {},
): GroundEdge {
  const { count = 10, first = now - 9 * day, ...others } = parts
  return {
    id: `${JSON.stringify(from)}|${JSON.stringify(to)}|${port ?? ''}|${parts.protocol ?? 'TCP'}`,
    from,
    to,
    protocol: 'TCP',
    port,
    allowed: count,
    denied: 0,
    evidence: { count, first, last: now - 1000, days: 5 },
    lastAllowed: now - 1000,
    lastDenied: null,
    witness: 'hubble',
    ...others,
  }
}

export const groundOf = (
  objects: readonly ModelObject[],
  edges: readonly GroundEdge[],
  parts: Partial<Model> = {},
): PolicyGround => ({
  cluster: 'c',
  at: now,
  period: { from: now - 14 * day, to: now },
  profile: 'cilium',
  model: modelOf(shop, objects, {
    namespaces: ['shop', 'data', 'kube-system', 'ops'].map((name) =>
      space(name, { 'kubernetes.io/metadata.name': name }),
    ),
    ...parts,
  }),
  records: [],
  edges,
  unread: [],
  hidesNamespaces: false,
  lastChange: null,
})

/** A NetworkPolicy of `shop` for the workload of this label. */
export const policy = (name: string, labels: Readonly<Record<string, string>>, spec: object): ModelObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: { matchLabels: labels }, ...spec },
})

export const fromNamespace = (name: string, ...ports: readonly number[]): object => ({
  from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }],
  ports: ports.map((port) => ({ port })),
})
