import type { Labels } from '../inventory/inventory-object'
import type { Mesh } from './end-match'
import type { PortProtocol } from './ports'

/** A cluster as the engine sees it. Addresses are texts without a prefix length. */
export type Model = {
  readonly namespaces: readonly ModelNamespace[]
  readonly workloads: readonly Workload[]
  readonly services: readonly ModelService[]
  readonly nodes: readonly ModelNode[]
  readonly serviceAccounts: readonly ModelServiceAccount[]
  /** Policies, and the objects that they refer to (network sets, authentications), as they were written. */
  readonly objects: readonly ModelObject[]
}

export type ModelNamespace = { readonly name: string; readonly labels: Labels; readonly annotations: Labels }

/** A pod, or pods of one controller that are alike. Pods that policies tell apart are workloads of their own. */
export type Workload = {
  readonly namespace: string
  readonly name: string
  /** Of its controller, or `Pod`. */
  readonly kind: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly serviceAccount: string
  /** Empty: not known. */
  readonly ips: readonly string[]
  readonly ports: readonly NamedPort[]
  /** On the network of its node. */
  readonly hostNetwork: boolean
  /** Names of the nodes that it runs on; empty: not known. */
  readonly nodes: readonly string[]
  /** Since when all its pods are where they are, milliseconds; absent: not told. */
  readonly placedAt?: number
  /** Its proxy; null: seen without one. */
  readonly mesh: Mesh | 'unknown' | null
}

export type NamedPort = { readonly name: string; readonly protocol: PortProtocol; readonly port: number }

export type ModelService = {
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  /** null: its endpoints are kept by hand. */
  readonly selector: Labels | null
  readonly clusterIps: readonly string[]
  /** Of load balancers and the like, that lead to it too. */
  readonly externalIps?: readonly string[]
  /** Its name stands for the pods themselves, and its ports are only told. */
  readonly headless?: true
  /** Its name stands for another one, in the cluster or out of it. */
  readonly externalName?: string
  readonly ports: readonly ServicePort[]
  /** Addresses behind it that are no pods of the model. */
  readonly addresses: readonly string[]
  /** Who is behind it, as the cluster tells; absent: not told, so the selector says it. */
  readonly endpoints?: readonly ModelEndpoints[]
}

/** Endpoints with the same ports. Whether they are ready comes and goes, and is not kept. */
export type ModelEndpoints = { readonly addresses: readonly string[]; readonly ports: readonly EndpointPort[] }

/** `name`: of the port of the Service that leads to it. `port` null: every port. */
export type EndpointPort = { readonly name: string; readonly protocol: PortProtocol; readonly port: number | null }

export type ServicePort = {
  readonly name: string
  readonly protocol: PortProtocol
  readonly port: number
  readonly targetPort: number | string
}

export type ModelNode = { readonly name: string; readonly labels: Labels; readonly addresses: readonly string[] }
export type ModelServiceAccount = { readonly namespace: string; readonly name: string; readonly labels: Labels }

/** An object as it came, with every field, known or not. */
export type ModelObject = Readonly<Record<string, unknown>>

export const emptyModel: Model = {
  namespaces: [],
  workloads: [],
  services: [],
  nodes: [],
  serviceAccounts: [],
  objects: [],
}

/** `namespace/name`. Names the workload among those of a model. */
export const workloadKey = (workload: { readonly namespace: string; readonly name: string }): string =>
  `${workload.namespace}/${workload.name}`

/** `namespace/name[Kind]`, as reports write a workload. */
export const workloadName = (workload: Workload): string => `${workloadKey(workload)}[${workload.kind}]`
