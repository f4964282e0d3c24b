import type { KubernetesObject } from './object'
import { flux, policyObject } from './policy-object'

const app = (name: string, namespace?: string) => ({
  matchLabels: {
    'app.kubernetes.io/name': name,
    ...(namespace ? { 'k8s:io.kubernetes.pod.namespace': namespace } : {}),
  },
})
const port = (number: number, protocol = 'TCP') => ({ port: String(number), protocol })
const cilium = (kind: string) => ['cilium.io/v2', kind] as const

/** Policies of Cilium as they stand when nothing is wrong. */
export const ciliumPolicies: readonly KubernetesObject[] = [
  policyObject(cilium('CiliumNetworkPolicy'), 'storefront/search-index', {
    endpointSelector: app('search-index'),
    ingress: [{ fromEndpoints: [app('search')], toPorts: [{ ports: [port(9200)] }] }],
  }),
  // Card data leaves by this door alone. A mistake on purpose: nobody answers at the second name any more.
  policyObject(cilium('CiliumNetworkPolicy'), 'checkout/payments-egress', {
    description: 'What payments may call',
    endpointSelector: app('payments'),
    egress: [
      {
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
        toPorts: [{ ports: [port(53, 'ANY')], rules: { dns: [{ matchPattern: '*' }] } }],
      },
      { toEndpoints: [app('fraud')], toPorts: [{ ports: [port(9000)] }] },
      { toEndpoints: [app('otel-collector', 'platform')], toPorts: [{ ports: [port(4317)] }] },
      {
        toFQDNs: [{ matchName: 'api.cardnet.example' }, { matchName: 'legacy.cardnet.example' }],
        toPorts: [{ ports: [port(443)] }],
      },
    ],
  }),
  policyObject(
    cilium('CiliumClusterwideNetworkPolicy'),
    'no-cloud-metadata',
    {
      description: 'Nobody needs the credentials of a node',
      endpointSelector: {},
      enableDefaultDeny: { ingress: false, egress: false },
      egressDeny: [{ toCIDR: ['169.254.169.254/32'] }],
    },
    flux('cluster-policies'),
  ),
]

/** Tried out before it is enforced: it would refuse the dashboards, which its author forgot. */
export const calicoPolicies: readonly KubernetesObject[] = [
  policyObject(['projectcalico.org/v3', 'StagedNetworkPolicy'], 'data/warehouse-callers', {
    tier: 'default',
    stagedAction: 'Set',
    selector: "app.kubernetes.io/name == 'warehouse-clickhouse'",
    types: ['Ingress'],
    ingress: [
      {
        action: 'Allow',
        protocol: 'TCP',
        source: { selector: "app.kubernetes.io/name in {'ingest', 'reports'}" },
        destination: { ports: [8123] },
      },
    ],
  }),
]

/** A deny rule that forbids recommendations what it needs. */
export const profilesDenyRule = (): KubernetesObject =>
  policyObject(cilium('CiliumNetworkPolicy'), 'storefront/no-accounts-from-recommendations', {
    endpointSelector: app('recommendations'),
    egressDeny: [{ toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'accounts' } }] }],
    // It is for what it names only.
    enableDefaultDeny: { egress: false },
  })
