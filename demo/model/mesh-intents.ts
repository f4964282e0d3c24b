import type { KubernetesObject } from './object'
import { type Author, helm, policyObject } from './policy-object'

const peerAuthentication = (place: string, spec: object, author?: Author) =>
  policyObject(['security.istio.io/v1', 'PeerAuthentication'], place, spec, author)
const authorization = (place: string, spec: object) =>
  policyObject(['security.istio.io/v1', 'AuthorizationPolicy'], place, spec)
const of = (name: string) => ({ selector: { matchLabels: { 'app.kubernetes.io/name': name } } })
const account = (namespace: string, name: string) => `cluster.local/ns/${namespace}/sa/${name}`
const kafka = helm('events-kafka', 'orders')

/**
 * What Istio is told to encrypt, halfway: two namespaces are strict, of which one has a store without a proxy and a
 * port that is scraped in the clear, and Kafka's port is left alone at both ends. And whom some proxies let in.
 */
export const meshIntents: readonly KubernetesObject[] = [
  peerAuthentication('istio-system/default', { mtls: { mode: 'PERMISSIVE' } }),
  peerAuthentication('checkout/default', { mtls: { mode: 'STRICT' } }),
  peerAuthentication('storefront/default', { mtls: { mode: 'STRICT' } }),
  peerAuthentication('storefront/web-metrics', {
    ...of('web'),
    mtls: { mode: 'STRICT' },
    portLevelMtls: { 9090: { mode: 'PERMISSIVE' } },
  }),
  peerAuthentication(
    'orders/events-kafka',
    { ...of('events-kafka'), portLevelMtls: { 9092: { mode: 'DISABLE' } } },
    kafka,
  ),
  policyObject(
    ['networking.istio.io/v1', 'DestinationRule'],
    'orders/events-kafka',
    {
      host: 'events-kafka.orders.svc.cluster.local',
      trafficPolicy: { portLevelSettings: [{ port: { number: 9092 }, tls: { mode: 'DISABLE' } }] },
    },
    kafka,
  ),
  // A mistake on purpose: nobody runs as the account of refunds, which returns took over.
  authorization('checkout/payments-callers', {
    ...of('payments'),
    action: 'ALLOW',
    rules: [
      {
        from: [
          { source: { principals: [account('checkout', 'checkout'), account('orders', 'returns')] } },
          { source: { principals: [account('checkout', 'refunds')] } },
        ],
      },
    ],
  }),
  authorization('storefront/feature-flags-read-only', {
    ...of('feature-flags'),
    action: 'DENY',
    rules: [{ to: [{ operation: { notMethods: ['GET'], ports: ['8080'] } }] }],
  }),
]
