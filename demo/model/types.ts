/** A company as its data file tells it: what runs, who calls whom, how much and how well. */
export type Company = {
  readonly cluster: string
  readonly namespaces: readonly NamespaceSpec[]
  readonly workloads: readonly WorkloadSpec[]
  readonly outside: readonly OutsideSpec[]
  readonly calls: readonly CallSpec[]
  /** What makes the cluster work rather than the company: it runs, and calls nobody. */
  readonly system?: { readonly namespaces: readonly NamespaceSpec[]; readonly workloads: readonly WorkloadSpec[] }
}

/** Which proxy stands beside a workload's pods: its own, the node's (ambient), or Linkerd's. */
export type ProxyKind = 'sidecar' | 'gateway' | 'ztunnel' | 'linkerd'

export type NamespaceSpec = {
  readonly name: string
  readonly team: string
  /** Requests into its pods go through the L7 proxy, so that Hubble sees requests and latency. */
  readonly l7: boolean
  /** The mesh that its workloads have joined. */
  readonly mesh?: ProxyKind
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob'

export type WorkloadSpec = {
  readonly namespace: string
  readonly name: string
  readonly kind: WorkloadKind
  readonly replicas: number
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: 'TCP' | 'UDP' }[]
  /** Name of its Service where it is not the workload's own. */
  readonly service?: string
  /** Where it differs from its namespace's; `none`: it has not joined. */
  readonly mesh?: ProxyKind | 'none'
  readonly hostNetwork?: true
  /** Labels beside the usual ones. */
  readonly labels?: Readonly<Record<string, string>>
}

/** A party outside the cluster. `name` is '' for the Internet at large. */
export type OutsideSpec = { readonly name: string; readonly addresses: readonly string[] }

export type CallProtocol = 'http' | 'grpc' | 'dns' | 'kafka' | 'tcp'

export type CallSpec = {
  /** `namespace/workload`, an outside name, or `Internet`. */
  readonly from: string
  readonly to: string
  readonly port: number
  readonly protocol: CallProtocol
  /** Calls per second at noon. */
  readonly rate: number
  readonly p50: number
  readonly p95: number
  /** Share of calls answered with an error, 0 to 1. */
  readonly errors: number
  /** `GET /path` lines, gRPC methods, DNS names or topics. */
  readonly operations: readonly string[]
  /** The caller's node inspects the call (an egress L7 rule), where the callee's cannot. */
  readonly inspectedAtCaller?: boolean
  readonly audited?: boolean
}
