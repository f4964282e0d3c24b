import { calicoPolicies, ciliumPolicies } from './cni-policies'
import { clusterPolicies } from './cluster-policies'
import { linkerdPolicies } from './linkerd-policies'
import type { KubernetesObject } from './object'
import { argoCd, type Author, policyObject } from './policy-object'

type Peer = { readonly namespace?: string; readonly name?: string }

const app = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } })

const peer = ({ namespace, name }: Peer) => ({
  ...(namespace ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } } : {}),
  ...(name ? { podSelector: app(name) } : {}),
})

const policy = (place: string, spec: object, author?: Author): KubernetesObject =>
  policyObject(['networking.k8s.io/v1', 'NetworkPolicy'], place, spec, author)

const ingress = (target: string, port: number, ...from: Peer[]) => ({
  podSelector: app(target),
  policyTypes: ['Ingress'],
  ingress: [{ from: from.map(peer), ports: [{ protocol: 'TCP', port }] }],
})

const ofCheckout = (name: string) => argoCd('checkout', `networking.k8s.io/NetworkPolicy:checkout/${name}`)

/** The NetworkPolicies as they stand when nothing is wrong. */
const networkPolicies = (): readonly KubernetesObject[] => [
  policy('accounts/default-deny', { podSelector: {}, policyTypes: ['Ingress'] }),
  policy('accounts/accounts-postgres', ingress('accounts-postgres', 5432, { name: 'identity' }, { name: 'profiles' })),
  policy('accounts/allow-identity', ingress('identity', 8080, { namespace: 'storefront', name: 'bff' })),
  // Mistakes on purpose: a namespace is allowed where one workload was meant, and it was copied with the mark of another.
  policy(
    'accounts/allow-profiles',
    ingress('profiles', 9000, { namespace: 'storefront' }, { namespace: 'checkout' }, { namespace: 'catalog' }),
    ofCheckout('allow-checkout'),
  ),
  policy('checkout/default-deny', { podSelector: {}, policyTypes: ['Ingress'] }, ofCheckout('default-deny')),
  policy(
    'checkout/allow-checkout',
    { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }] }] },
    ofCheckout('allow-checkout'),
  ),
  policy('checkout/cart-redis', ingress('cart-redis', 6379, { name: 'cart' }), ofCheckout('cart-redis')),
  // A mistake on purpose: it selects no pod, because the label is misspelt.
  policy('orders/orders-postgres', ingress('orders-postgress', 5432, { name: 'orders' })),
  shippingPolicy(true),
]

/** All policies as they stand when nothing is wrong. */
export const companyPolicies = (): readonly KubernetesObject[] => [
  ...networkPolicies(),
  ...ciliumPolicies,
  ...calicoPolicies,
  ...clusterPolicies,
  ...linkerdPolicies,
]

/** Who may call shipping; without fulfilment this is the change that denies its flows. */
export const shippingPolicy = (withFulfilment: boolean): KubernetesObject =>
  policy(
    'logistics/allow-shipping',
    ingress(
      'shipping',
      9000,
      { namespace: 'checkout', name: 'checkout' },
      ...(withFulfilment ? [{ namespace: 'orders', name: 'fulfilment' }] : []),
    ),
  )
