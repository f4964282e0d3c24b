import { type KubernetesObject, timestamp, uidOf } from './object'

const made = timestamp(Date.UTC(2025, 8, 1, 8, 30))

const object = (apiVersion: string, kind: string, namespace: string, name: string, spec: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace, uid: uidOf(`${kind} ${namespace} ${name}`), creationTimestamp: made },
  spec,
})
const peerAuthentication = (namespace: string, name: string, spec: object) =>
  object('security.istio.io/v1', 'PeerAuthentication', namespace, name, spec)
const of = (name: string) => ({ selector: { matchLabels: { 'app.kubernetes.io/name': name } } })

/**
 * What Istio is told to encrypt, halfway: two namespaces are strict, of which one has a store without a proxy and a
 * port that is scraped in the clear, and Kafka's port is left alone at both ends.
 */
export const meshIntents: readonly KubernetesObject[] = [
  peerAuthentication('istio-system', 'default', { mtls: { mode: 'PERMISSIVE' } }),
  peerAuthentication('checkout', 'default', { mtls: { mode: 'STRICT' } }),
  peerAuthentication('storefront', 'default', { mtls: { mode: 'STRICT' } }),
  peerAuthentication('storefront', 'web-metrics', {
    ...of('web'),
    mtls: { mode: 'STRICT' },
    portLevelMtls: { 9090: { mode: 'PERMISSIVE' } },
  }),
  peerAuthentication('orders', 'events-kafka', { ...of('events-kafka'), portLevelMtls: { 9092: { mode: 'DISABLE' } } }),
  object('networking.istio.io/v1', 'DestinationRule', 'orders', 'events-kafka', {
    host: 'events-kafka.orders.svc.cluster.local',
    trafficPolicy: { portLevelSettings: [{ port: { number: 9092 }, tls: { mode: 'DISABLE' } }] },
  }),
]
