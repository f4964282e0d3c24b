import type { ModelCatalogue } from './catalogue'
import type { Labels } from '../inventory-object'
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
