import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildCluster, type Pod, type Workload } from './cluster'
import { company } from './company'
import { isMutualTls, protectionOf, throughWaypoint } from './mesh'
import { allObjects } from './objects'

const cluster = buildCluster(company, 1, Date.UTC(2026, 0, 5, 12))
const workload = (path: string): Workload => {
  const found = cluster.workloads.get(path)
  if (!found) throw new Error(`there is no ${path}`)
  return found
}
const objects = [...allObjects(cluster)]
const podOf = (path: string) => {
  const [namespace, name] = path.split('/')
  const text = JSON.stringify(
    objects.find(
      (o) => o.kind === 'Pod' && o.metadata.namespace === namespace && o.metadata.name.startsWith(`${name}-`),
    ),
  )
  return text ?? ''
}

test.each([
  ['storefront/bff', 'checkout/cart', 9000, true],
  ['platform/ingress', 'storefront/web', 8080, true],
  ['storefront/bff', 'catalog/products', 9000, true],
  ['accounts/identity', 'accounts/profiles', 9000, true],
  ['storefront/search', 'storefront/search-index', 9200, false],
  ['orders/orders', 'orders/events-kafka', 9092, false],
  ['storefront/bff', 'accounts/identity', 8080, false],
  ['logistics/warehouse-sync', 'catalog/inventory', 9000, false],
  ['data/ingest', 'data/warehouse-clickhouse', 8123, false],
])('%s to %s: mesh TLS of both ends is %s %s', (from, to, port, expected) => {
  expect(isMutualTls(workload(from), workload(to), port)).toBe(expected)
})

const pod = (path: string, node: number): Pod => {
  const [first] = workload(path).pods
  const at = cluster.nodes[node]
  if (!first || !at) throw new Error('no pod')
  return { ...first, node: at }
}

test('without a mesh a call is protected by its node or by the tunnel, but not at the node that has none', () => {
  const between = (a: number, b: number) =>
    protectionOf(pod('data/ingest', a), pod('data/warehouse-clickhouse', b), 8123, cluster.nodes.length)
  expect([between(0, 1), between(2, 2), between(0, 5), between(5, 5)]).toEqual([
    'tunnel',
    'same-node',
    'plaintext',
    'same-node',
  ])
  expect(protectionOf(pod('catalog/images', 0), null, 443, 6)).toBe('tls')
  expect(protectionOf(pod('kube-system/cilium', 0), pod('data/ingest', 1), 8080, 6)).toBe('plaintext')
})

test('with a mesh a call is protected twice where the tunnel takes it too', () => {
  const between = (a: number, b: number) =>
    protectionOf(pod('storefront/bff', a), pod('checkout/cart', b), 9000, cluster.nodes.length)
  expect([between(0, 1), between(2, 2), between(0, 5)]).toEqual(['mtls+tunnel', 'mtls', 'mtls'])
})

test('the mesh publishes a root that others can read', () => {
  const config = objects.find(({ metadata }) => metadata.name === 'istio-ca-root-cert')
  const root = new X509Certificate(String(Reflect.get(Object(config?.data), 'root-cert.pem')))
  expect(root.verify(root.publicKey)).toBe(true)
  expect(root.subject).toBe('O=cluster.local')
  expect(Date.parse(root.validTo)).toBe(cluster.builtAt + 20 * 86_400_000)
})

test('only callers in ambient go through the waypoint', () => {
  expect(throughWaypoint(workload('catalog/products'), workload('catalog/images'))).toBe(true)
  expect(throughWaypoint(workload('storefront/bff'), workload('catalog/images'))).toBe(false)
})

test('pods, namespaces and nodes carry the marks of the real things', () => {
  expect(podOf('storefront/bff')).toMatch(
    /"istio.io\/rev":"default".*"istio-proxy".*"http-envoy-prom","containerPort":15090/,
  )
  expect(podOf('storefront/search-index')).not.toContain('istio-proxy')
  expect(podOf('accounts/identity')).toMatch(
    /"linkerd.io\/control-plane-ns":"linkerd".*"linkerd-admin","containerPort":4191/,
  )
  expect(podOf('catalog/products')).toContain('"ambient.istio.io/redirection":"enabled"')
  expect(podOf('catalog/waypoint')).toMatch(/"gateway.networking.k8s.io\/gateway-name":"waypoint"/)
  expect(podOf('catalog/waypoint')).toContain('"istio.io/waypoint-for":"service"')
  const keys = objects.filter(
    (o) => o.kind === 'Node' && o.metadata.annotations?.['projectcalico.org/WireguardPublicKey'],
  )
  expect(keys).toHaveLength(cluster.nodes.length - 1)
  const ztunnels = objects.filter((o) => o.kind === 'Pod' && o.metadata.labels?.['app'] === 'ztunnel')
  expect(ztunnels).toHaveLength(cluster.nodes.length)
})
