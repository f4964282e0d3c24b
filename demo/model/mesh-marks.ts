import type { Workload } from './cluster'
import { behindWaypoint, proxyOf } from './mesh'
import type { ProxyKind } from './types'

type Texts = Readonly<Record<string, string>>
type Container = {
  readonly name: string
  readonly image: string
  readonly ports: readonly { readonly name: string; readonly containerPort: number; readonly protocol: 'TCP' }[]
}
type Marks = { readonly labels: Texts; readonly annotations: Texts; readonly containers: readonly Container[] }

const none: Marks = { labels: {}, annotations: {}, containers: [] }

/** How a namespace says which mesh takes its pods. */
export function namespaceMarks(mesh: ProxyKind | undefined): Pick<Marks, 'labels' | 'annotations'> {
  if (mesh === 'sidecar') return { ...none, labels: { 'istio.io/rev': 'default' } }
  if (mesh === 'ztunnel') return { ...none, labels: { 'istio.io/dataplane-mode': 'ambient' } }
  return mesh === 'linkerd' ? { ...none, annotations: { 'linkerd.io/inject': 'enabled' } } : none
}

export const serviceMarks = (workload: Workload): Texts =>
  behindWaypoint(workload) ? { 'istio.io/use-waypoint': 'waypoint' } : {}

const port = (name: string, containerPort: number) => ({ name, containerPort, protocol: 'TCP' as const })
export const istioVersion = '1.31.0'
const istioProxy: Container = {
  name: 'istio-proxy',
  image: `docker.io/istio/proxyv2:${istioVersion}`,
  ports: [port('http-envoy-prom', 15_090)],
}
const linkerdProxy: Container = {
  name: 'linkerd-proxy',
  image: 'cr.l5d.io/linkerd/proxy:edge-26.8.1',
  ports: [port('linkerd-proxy', 4143), port('linkerd-admin', 4191)],
}

/** What the mesh puts on a pod: labels, annotations and its proxy's container. */
export function podMarks(workload: Workload): Marks {
  const { spec, namespace } = workload
  const istioLabels = {
    'istio.io/rev': 'default',
    'service.istio.io/canonical-name': spec.name,
    'service.istio.io/canonical-revision': 'latest',
  }
  const scraped = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '15020',
    'prometheus.io/path': '/stats/prometheus',
  }
  switch (proxyOf(workload)) {
    case 'sidecar':
      return {
        labels: { ...istioLabels, 'security.istio.io/tlsMode': 'istio' },
        annotations: { ...scraped, 'sidecar.istio.io/status': '{"revision":"default","containers":["istio-proxy"]}' },
        containers: [istioProxy],
      }
    case 'gateway':
      return {
        labels: { 'gateway.networking.k8s.io/gateway-name': spec.name, ...istioLabels },
        annotations: scraped,
        containers: [istioProxy],
      }
    case 'ztunnel':
      return { ...none, annotations: { 'ambient.istio.io/redirection': 'enabled' } }
    case 'linkerd':
      return {
        labels: {
          'linkerd.io/control-plane-ns': 'linkerd',
          'linkerd.io/workload-ns': spec.namespace,
          [`linkerd.io/proxy-${spec.kind.toLowerCase()}`]: spec.name,
        },
        annotations: { 'linkerd.io/inject': 'enabled', 'linkerd.io/proxy-version': 'edge-26.8.1' },
        containers: [linkerdProxy],
      }
    default:
      return spec.mesh === 'none' && namespace.mesh ? { ...none, ...optOut[namespace.mesh] } : none
  }
}

/** How a pod stays out of its namespace's mesh. */
const optOut: Readonly<Record<ProxyKind, Partial<Marks>>> = {
  sidecar: { labels: { 'sidecar.istio.io/inject': 'false' } },
  gateway: {},
  ztunnel: { labels: { 'istio.io/dataplane-mode': 'none' } },
  linkerd: { annotations: { 'linkerd.io/inject': 'disabled' } },
}
