import type { ModelCatalogue } from './catalogue'
import type { Labels } from '../inventory/inventory-object'
import type { End } from './decision'
import type { ModelService, Workload } from './model'
import type { PortProtocol } from './ports'

/** What others lean on: pods, and the ports that they are asked on. */
export type Essential = { readonly pods: readonly Workload[]; readonly ports: readonly EssentialPort[] }
export type EssentialPort = { readonly protocol: PortProtocol; readonly port: number }

const dnsLabels: readonly (readonly [key: string, values: readonly string[]])[] = [
  ['k8s-app', ['kube-dns', 'coredns']],
  ['app.kubernetes.io/name', ['coredns']],
  ['dns.operator.openshift.io/daemonset-dns', ['default']],
]

/** The pods that answer for names of the cluster, by the Service or the labels that installers give them; null: not seen. */
export function clusterDns({ model }: ModelCatalogue): Essential | null {
  const service = model.services.find(
    ({ namespace, name }) =>
      (namespace === 'kube-system' && /(?:^|-)(?:kube-dns|coredns)$/.test(name)) || namespace === 'openshift-dns',
  )
  const behind = service ? podsBehind(model.workloads, service) : []
  const pods = behind.length > 0 ? behind : model.workloads.filter(({ labels }) => hasOneOf(labels, dnsLabels))
  if (pods.length === 0) return null
  const ports = service ? targetPorts(service, pods).filter(({ name }) => !/metric/.test(name)) : []
  const asked = ports.filter(({ served }) => served === 53)
  const numbers = asked.length > 0 ? asked : ports
  const fallback: readonly EssentialPort[] = (['UDP', 'TCP'] as const).map((protocol) => ({ protocol, port: 53 }))
  return { pods, ports: numbers.length > 0 ? numbers.map(({ protocol, port }) => ({ protocol, port })) : fallback }
}

export const hasOneOf = (labels: Labels, wanted: readonly (readonly [string, readonly string[]])[]): boolean =>
  wanted.some(([key, values]) => Object.hasOwn(labels, key) && values.includes(labels[key] ?? ''))

export function podsBehind(workloads: readonly Workload[], { namespace, selector }: ModelService): readonly Workload[] {
  const pairs = Object.entries(selector ?? {})
  if (pairs.length === 0) return []
  return workloads.filter(
    (one) => one.namespace === namespace && pairs.every(([key, value]) => one.labels[key] === value),
  )
}

/** Ports of a Service as its pods have them. `served`: its own number. */
export function targetPorts({ ports }: ModelService, pods: readonly Workload[]) {
  return ports.flatMap(({ name, protocol, port: served, targetPort }) => {
    if (typeof targetPort === 'number') return [{ name, protocol, served, port: targetPort }]
    const numbers = pods.flatMap((pod) =>
      pod.ports.filter((one) => one.name === targetPort && one.protocol === protocol).map(({ port }) => port),
    )
    return [...new Set(numbers)].map((port) => ({ name, protocol, served, port }))
  })
}

/** What a cluster leans on, as data: found by `essentialsOf`, or told by whoever knows better. */
export type Essentials = {
  /** null: not known. */
  readonly dns: Essential | null
  /** Where the API server is asked, behind its Service; null: not known. */
  readonly apiServer: { readonly ends: readonly End[]; readonly ports: readonly EssentialPort[] } | null
  /** Pods that bring traffic in from outside. */
  readonly gateways: readonly Workload[]
  /** Pods that read metrics of others. */
  readonly monitoring: readonly Workload[]
  /** Oriel itself. */
  readonly oriel: readonly Workload[]
}

const gatewayLabels: typeof dnsLabels = [
  [
    'app.kubernetes.io/name',
    ['ingress-nginx', 'traefik', 'haproxy-ingress', 'kong', 'contour', 'envoy', 'nginx-ingress'],
  ],
  ['istio', ['ingressgateway']],
]
const monitoringLabels: typeof dnsLabels = [
  [
    'app.kubernetes.io/name',
    ['prometheus', 'vmagent', 'vmsingle', 'alloy', 'grafana-agent', 'opentelemetry-collector', 'datadog-agent'],
  ],
  ['app', ['prometheus']],
  ['k8s-app', ['prometheus']],
]
const orielLabels: typeof dnsLabels = [['app.kubernetes.io/name', ['oriel']]]

/** What can be told from names and labels that installers give. O(workloads). */
export function essentialsOf(catalogue: ModelCatalogue): Essentials {
  const { workloads } = catalogue.model
  const labelled = (wanted: typeof dnsLabels) => workloads.filter(({ labels }) => hasOneOf(labels, wanted))
  const gateways = workloads.filter(
    ({ labels }) => hasOneOf(labels, gatewayLabels) || labels['gateway.networking.k8s.io/gateway-name'] !== undefined,
  )
  return {
    dns: clusterDns(catalogue),
    apiServer: apiServerOf(catalogue),
    gateways,
    monitoring: labelled(monitoringLabels),
    oriel: labelled(orielLabels),
  }
}

/** Policies see the address behind the Service `kubernetes`, which only its endpoints tell. */
function apiServerOf(catalogue: ModelCatalogue): Essentials['apiServer'] {
  const service = catalogue.service('default', 'kubernetes')
  const told = (service?.endpoints ?? []).flatMap(({ addresses, ports }) =>
    addresses.map((address) => ({ address, ports })),
  )
  const all = told.length > 0 ? told : (service?.addresses ?? []).map((address) => ({ address, ports: [] }))
  if (!service || all.length === 0) return null
  const numbers = all.flatMap(({ ports }) => ports.flatMap(({ port }) => port ?? []))
  const fallback = service.ports.flatMap(({ targetPort }) => (typeof targetPort === 'number' ? [targetPort] : []))
  const ports = [...new Set(numbers.length > 0 ? numbers : fallback.length > 0 ? fallback : [6443])]
  const endAt = (address: string): End => {
    const node = catalogue.model.nodes.find(({ addresses }) => addresses.includes(address))
    return node ? { type: 'node', name: node.name, addresses: node.addresses } : { type: 'external', address }
  }
  return {
    ends: [...new Set(all.map(({ address }) => address))].map(endAt),
    ports: ports.map((port) => ({ protocol: 'TCP', port })),
  }
}
