import { addressClass } from '../../ip'
import type { ModelCatalogue } from '../catalogue'
import type { Workload } from '../model'
import type { PortProtocol } from '../ports'
import { backendsOf } from '../service-backends'
import type { ChosenLabels } from './choose-labels'
import type { UsableFlow } from './usable-flows'

/** Whom names are asked. */
export type DnsServers = {
  /** By what their pods listen on. */
  readonly pods: readonly { readonly workload: Workload; readonly ports: readonly number[] }[]
  /** Of a cache on the node (NodeLocal DNS), where it was seen. */
  readonly localAddresses: readonly string[]
}

export const dnsPort = 53
export const dnsProtocols: readonly PortProtocol[] = ['UDP', 'TCP']
const isDns = (labels: Readonly<Record<string, string>>) => labels['k8s-app'] === 'kube-dns'
/** Where the model has none: the labels that kubeadm and most distributions give it. */
export const usualDns: ChosenLabels & { readonly namespace: string } = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  selects: [],
}

/** The cluster's DNS: the pods behind its Service, or with its label, and caches that flows went to. */
export function dnsServers(catalogue: ModelCatalogue, flows: readonly UsableFlow[]): DnsServers {
  const { services, workloads } = catalogue.model
  const found = new Map<Workload, Set<number>>()
  const add = (workload: Workload, port: number) => {
    if (!workload.hostNetwork) found.set(workload, (found.get(workload) ?? new Set()).add(port))
  }
  for (const service of services)
    if (isDns(service.labels) || service.name === 'kube-dns' || service.name === 'dns-default')
      for (const asked of service.ports.filter(({ port }) => port === dnsPort))
        for (const { to, port } of backendsOf(catalogue.model, service, asked, false))
          if (to.type === 'workload') add(to.workload, port)
  for (const workload of workloads) if (isDns(workload.labels) && !found.has(workload)) add(workload, dnsPort)
  const local = flows.flatMap(({ flow: { to, port } }) =>
    to.type === 'external' && port === dnsPort && isLinkLocal(to.address) ? [to.address] : [],
  )
  return {
    pods: [...found].map(([workload, ports]) => ({ workload, ports: [...ports].sort((a, b) => a - b) })),
    localAddresses: [...new Set(local)].sort(),
  }
}

const isLinkLocal = (address: string) =>
  addressClass(address) === 'private' && (address.startsWith('169.254.') || /^fe[89ab]/i.test(address))
