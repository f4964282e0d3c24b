import type { ContainerEnd } from '../marks/restart'

/**
 * A Kubernetes object with only what Oriel needs of it. Times are milliseconds since the epoch.
 * Never holds a Secret or the value of an environment variable.
 */
export type InventoryObject =
  | NamespaceObject
  | NodeObject
  | PodObject
  | WorkloadObject
  | ServiceObject
  | EndpointSliceObject
  | ServiceAccountObject
  | NetworkPolicyObject
  | PeerAuthenticationObject
  | DestinationRuleObject
  | OtherPolicyObject
  | CiliumNodeObject
  | CiliumConfigObject
  | FelixConfigurationObject

export type InventoryKind = InventoryObject['kind']

type Common = {
  readonly uid: string
  /** '' for what lies in no namespace. */
  readonly namespace: string
  readonly name: string
  readonly createdAt: number
  readonly labels: Labels
  /** The allow-listed annotations. */
  readonly annotations: Labels
  /** The controller that made it. */
  readonly owner: Owner | null
}

export type Labels = Readonly<Record<string, string>>
export type Owner = { readonly kind: string; readonly name: string; readonly uid: string }
export type ObjectPort = { readonly name: string; readonly port: number; readonly protocol: string }

export type NamespaceObject = Common & { readonly kind: 'Namespace' }

export type NodeObject = Common & { readonly kind: 'Node'; readonly addresses: readonly string[] }

/** The mesh proxy through which a pod speaks; `none`: the pod was seen and has none. */
export const meshProxies = ['none', 'sidecar', 'ambient', 'gateway', 'linkerd'] as const
export type MeshProxy = (typeof meshProxies)[number]

export type PodObject = Common & {
  readonly kind: 'Pod'
  readonly ips: readonly string[]
  readonly node: string
  readonly hostNetwork: boolean
  readonly serviceAccount: string
  readonly phase: string
  /** When its network came up, as well as its status tells; null before. */
  readonly ipSince: number | null
  /** When its last container ended, where all have. */
  readonly finishedAt: number | null
  readonly ports: readonly ObjectPort[]
  readonly images: readonly string[]
  readonly proxy: MeshProxy
  /** Ports that its annotations tell the proxy to leave alone, at most 50 each way. */
  readonly skipsIn: readonly number[]
  readonly skipsOut: readonly number[]
  /** The last end of each container that was started again. Kept beside the pod's history (container_restart), so absent in what is read of it. */
  readonly restarts?: readonly ContainerEnd[]
}

export const workloadKinds = ['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const

export type WorkloadObject = Common & {
  readonly kind: (typeof workloadKinds)[number]
  /** Pods wanted; null where the kind has no such number. */
  readonly replicas: number | null
  /** True for a Job that has run to its end. */
  readonly finished: boolean
  readonly podLabels: Labels
  readonly images: readonly string[]
  /** Hash of the pod template, less the moment of the last restart: what a roll-out changes. '' where there is none. */
  readonly template: string
  /** When `kubectl rollout restart` was last asked for, as it was written; '' for never. */
  readonly restartedAt: string
}

export type ServiceObject = Common & {
  readonly kind: 'Service'
  readonly type: string
  readonly clusterIps: readonly string[]
  /** External and load balancer addresses. */
  readonly externalIps: readonly string[]
  readonly externalName: string
  /** null: no selector, its slices are written by someone else. */
  readonly selector: Labels | null
  readonly ports: readonly (ObjectPort & { readonly targetPort: string })[]
}

export type EndpointSliceObject = Common & {
  readonly kind: 'EndpointSlice'
  /** Name of the Service that it belongs to; '' for none. */
  readonly service: string
  readonly endpoints: readonly {
    readonly addresses: readonly string[]
    /** uid of the Pod behind it; '' for none. */
    readonly pod: string
    readonly ready: boolean
  }[]
  readonly ports: readonly ObjectPort[]
}

export type ServiceAccountObject = Common & { readonly kind: 'ServiceAccount' }

/** Kubernetes' own. */
export type NetworkPolicyObject = PolicyFields & { readonly kind: 'NetworkPolicy' }

/** Istio: which workloads take plaintext. */
export type PeerAuthenticationObject = PolicyFields & { readonly kind: 'PeerAuthentication' }

/** Istio: how clients speak to a host. */
export type DestinationRuleObject = PolicyFields & { readonly kind: 'DestinationRule' }

/** Of every other kind that policies are made of; these are called `Kind.group` (core/policy/inventory-policy.ts). */
export type OtherPolicyObject = PolicyFields & { readonly kind: `${string}.${string}` }

export type PolicyObject = NetworkPolicyObject | PeerAuthenticationObject | DestinationRuleObject | OtherPolicyObject

/** The spec is kept whole, for the policy engine to read. */
type PolicyFields = Common & { readonly spec: unknown } & Partial<PolicyRest>

/** What is kept of a policy beside its spec; absent in versions that were stored before it was kept. */
export type PolicyRest = {
  /** As it was served. */
  readonly apiVersion: string
  /** As it was served, less what `touched` and `writers` hold and what kubectl keeps there of its last apply. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** Fields beside apiVersion, kind, metadata, spec and status. */
  readonly more: Readonly<Record<string, unknown>>
  /** Who wrote fields of it that are no status, by name. */
  readonly writers: readonly Writer[]
  /** Who wrote last when this version was first seen; null: not told. Told of the version, so no comparison looks at it. */
  readonly madeBy: (Writer & { readonly time: number }) | null
  /** Changes without a change of what is said, and then makes no new version. */
  readonly touched: {
    readonly resourceVersion: string
    readonly generation: number | null
    /** Of the last write of each of `writers`, milliseconds; null: not told. */
    readonly times: readonly (number | null)[]
  }
  /** Set where the object was too large to be kept: then its spec, `more` and most of `metadata` are absent. */
  readonly cut: { readonly bytes: number; readonly hash: string } | null
}

/** A field manager, by its name and how it writes (`Apply`, `Update`). */
export type Writer = { readonly manager: string; readonly operation: string }

/** Cilium's own object of a node; `ipsecKey`: index of the key that it encrypts with, 0 for none. */
export type CiliumNodeObject = Common & { readonly kind: 'CiliumNode'; readonly ipsecKey: number }

/** Settings of Cilium that say which traffic its tunnel takes; no others are kept. */
export const ciliumSettingNames = [
  'enable-wireguard',
  'enable-ipsec',
  'encrypt-node',
  'node-encryption-opt-out-labels',
  'routing-mode',
  'tunnel',
  'enable-host-firewall',
] as const
export type CiliumSettingName = (typeof ciliumSettingNames)[number]

/** The ConfigMap cilium-config; `settings` as they are written, those not written absent. */
export type CiliumConfigObject = Common & { readonly kind: 'CiliumConfig'; readonly settings: Labels }

/** Calico's settings of all nodes (`default`) or of one (`node.<name>`); `hostEncryption`: wireguardHostEncryptionEnabled, null where not set. */
export type FelixConfigurationObject = Common & {
  readonly kind: 'FelixConfiguration'
  readonly hostEncryption: boolean | null
}

export const isPolicy = (object: InventoryObject): object is PolicyObject => 'spec' in object

export const isWorkload = (object: InventoryObject): object is WorkloadObject =>
  (workloadKinds as readonly string[]).includes(object.kind)

/** Whether the pod still has its addresses: it has neither succeeded nor failed. */
export const isActive = (pod: PodObject): boolean => pod.phase !== 'Succeeded' && pod.phase !== 'Failed'
