import type { Model, ModelObject, Workload } from '@/core/policy/model'
import type { ReplayEdge } from '@/core/policy/index/replay'

const perNamespace = 40

/**
 * A cluster of so many workloads and as many policies, always the same for a size: namespaces of 40, a default deny in
 * half of them, most policies for one workload with pods and namespaces as peers, some ranges, named ports and DNS, and
 * a few policies of administrators.
 */
export function clusterOf(size: number): Model {
  const spaces = Math.ceil(size / perNamespace)
  const workloads = Array.from({ length: size }, (_, i) => workloadOf(i, spaces))
  const admin = Math.min(20, Math.floor(size / 50))
  const denied = Math.floor(spaces / 2)
  return {
    namespaces: Array.from({ length: spaces }, (_, i) => ({
      name: `ns-${i}`,
      labels: { 'kubernetes.io/metadata.name': `ns-${i}`, team: `team-${i % 12}` },
      annotations: {},
    })),
    workloads,
    services: [],
    nodes: [],
    serviceAccounts: [],
    objects: [
      ...Array.from({ length: admin }, (_, i) => adminPolicy(i)),
      ...Array.from({ length: denied }, (_, i) => policy(`deny-${i}`, `ns-${2 * i}`, {}, { policyTypes: ['Ingress'] })),
      ...Array.from({ length: size - admin - denied }, (_, i) => workloadPolicy(i, spaces)),
    ],
  }
}

const workloadOf = (i: number, spaces: number): Workload => ({
  namespace: `ns-${i % spaces}`,
  name: `app-${i}`,
  kind: 'Deployment',
  labels: { app: `app-${i}`, tier: ['web', 'api', 'db'][i % 3] ?? '', version: `v${i % 2}` },
  annotations: {},
  serviceAccount: 'default',
  ips: [`10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`],
  ports: [{ name: 'http', protocol: 'TCP', port: 8000 + (i % 5) }],
  hostNetwork: false,
  nodes: [],
  mesh: null,
})

const policy = (name: string, namespace: string, labels: ModelObject, spec: ModelObject): ModelObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec: { podSelector: { matchLabels: labels }, ...spec },
})

/** @param i which workload it is about; `extra` makes an edited one */
export function workloadPolicy(i: number, spaces: number, extra: readonly unknown[] = []): ModelObject {
  const peers = [
    { podSelector: { matchLabels: { tier: 'web' } } },
    { namespaceSelector: { matchLabels: { team: `team-${i % 12}` } }, podSelector: { matchLabels: { tier: 'api' } } },
    ...(i % 10 === 0 ? [{ ipBlock: { cidr: `10.0.${i & 255}.0/24`, except: [`10.0.${i & 255}.128/25`] } }] : []),
  ]
  const ports = i % 4 === 0 ? [{ port: 'http' }] : [{ port: 8000 + (i % 5) }, { port: 9000 + (i % 7), endPort: 9100 }]
  const dns = { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }
  const egress = [dns, { to: [{ namespaceSelector: { matchLabels: { team: `team-${(i + 1) % 12}` } } }] }]
  return policy(
    `app-${i}`,
    `ns-${i % spaces}`,
    { app: `app-${i}` },
    {
      ingress: [{ from: peers, ports }, ...extra],
      ...(i % 3 === 0 ? { egress, policyTypes: ['Ingress', 'Egress'] } : {}),
    },
  )
}

const adminPolicy = (i: number): ModelObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: `admin-${i}` },
  spec: {
    tier: i % 4 === 3 ? 'Baseline' : 'Admin',
    priority: i,
    subject: { namespaces: { matchLabels: { team: `team-${i % 12}` } } },
    ingress: [
      {
        action: i % 2 === 0 ? 'Deny' : 'Pass',
        from: [{ namespaces: { matchLabels: { team: `team-${(i + 5) % 12}` } } }],
        protocols: [{ tcp: { destinationPort: { number: 9000 + (i % 7) } } }],
      },
    ],
  },
})

/** Distinct edges between workloads, on ports that are served. */
export function edgesOf(size: number, count: number): readonly ReplayEdge[] {
  let state = 7
  const random = (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
  const edges = new Map<number, ReplayEdge>()
  while (edges.size < count) {
    const edge = { from: random(size), to: random(size), protocol: 'TCP' as const, port: 8000 + random(5) }
    edges.set((edge.from * size + edge.to) * 8 + edge.port - 8000, edge)
  }
  return [...edges.values()]
}
