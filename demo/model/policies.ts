import { type KubernetesObject, timestamp, uidOf } from './object'

type Peer = { readonly namespace?: string; readonly name?: string }

const app = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } })

const peer = ({ namespace, name }: Peer) => ({
  ...(namespace ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } } : {}),
  ...(name ? { podSelector: app(name) } : {}),
})

const policy = (namespace: string, name: string, spec: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {
    name,
    namespace,
    uid: uidOf(`networkpolicy ${namespace}/${name}`),
    creationTimestamp: timestamp(Date.UTC(2025, 4, 12, 8, 30)),
  },
  spec,
})

const ingress = (target: string, port: number, ...from: Peer[]) => ({
  podSelector: app(target),
  policyTypes: ['Ingress'],
  ingress: [{ from: from.map(peer), ports: [{ protocol: 'TCP', port }] }],
})

/** The NetworkPolicies as they stand when nothing is wrong. */
const networkPolicies = (): readonly KubernetesObject[] => [
  policy('accounts', 'default-deny', { podSelector: {}, policyTypes: ['Ingress'] }),
  policy(
    'accounts',
    'accounts-postgres',
    ingress('accounts-postgres', 5432, { name: 'identity' }, { name: 'profiles' }),
  ),
  policy('accounts', 'allow-identity', ingress('identity', 8080, { namespace: 'storefront', name: 'bff' })),
  // A mistake on purpose: a namespace is allowed where one workload was meant.
  policy(
    'accounts',
    'allow-profiles',
    ingress('profiles', 9000, { namespace: 'storefront' }, { namespace: 'checkout' }, { namespace: 'catalog' }),
  ),
  policy('checkout', 'default-deny', { podSelector: {}, policyTypes: ['Ingress'] }),
  policy('checkout', 'allow-checkout', {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: {} }] }],
  }),
  policy('checkout', 'cart-redis', ingress('cart-redis', 6379, { name: 'cart' })),
  // A mistake on purpose: it selects no pod, because the label is misspelt.
  policy('orders', 'orders-postgres', ingress('orders-postgress', 5432, { name: 'orders' })),
  shippingPolicy(true),
]

/** Tried out before it is enforced: it would refuse the dashboards, which its author forgot. */
const stagedPolicy = (): KubernetesObject => ({
  ...policy('data', 'warehouse-callers', {
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
  apiVersion: 'projectcalico.org/v3',
  kind: 'StagedNetworkPolicy',
})

/** All policies of the network as they stand when nothing is wrong. */
export const companyPolicies = (): readonly KubernetesObject[] => [...networkPolicies(), stagedPolicy()]

/** Who may call shipping; without fulfilment this is the change that denies its flows. */
export const shippingPolicy = (withFulfilment: boolean): KubernetesObject =>
  policy(
    'logistics',
    'allow-shipping',
    ingress(
      'shipping',
      9000,
      { namespace: 'checkout', name: 'checkout' },
      ...(withFulfilment ? [{ namespace: 'orders', name: 'fulfilment' }] : []),
    ),
  )

/** A deny rule that forbids recommendations what it needs. */
export const profilesDenyRule = (): KubernetesObject => ({
  ...policy('storefront', 'no-accounts-from-recommendations', {
    endpointSelector: app('recommendations'),
    egressDeny: [{ toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'accounts' } }] }],
  }),
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
})
