/**
 * Who talks: an endpoint is named by cluster, namespace, kind and name.
 * `kind` is a workload kind (Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod or any custom
 * controller's kind) or one of the reserved kinds below. A node, an outside party and an unknown
 * party have an empty namespace.
 */
export type Endpoint = {
  readonly cluster: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
}

export type EndpointType = 'workload' | 'service' | 'node' | 'external' | 'unknown'

const reservedKinds: ReadonlyMap<string, EndpointType> = new Map([
  ['Service', 'service'],
  ['Node', 'node'],
  ['External', 'external'],
  ['Unknown', 'unknown'],
])

export const endpointType = (endpoint: Pick<Endpoint, 'kind'>): EndpointType =>
  reservedKinds.get(endpoint.kind) ?? 'workload'

/** One string per endpoint, the same everywhere: map key, URL, remembered position. `/` separates; names cannot contain it once escaped. */
export const endpointKey = (e: Endpoint): string =>
  `${escape(e.cluster)}/${escape(e.namespace)}/${escape(e.kind)}/${escape(e.name)}`

/** The inverse of endpointKey; null where the text is not one. */
export function parseEndpointKey(key: string): Endpoint | null {
  const parts = key.split('/')
  const [cluster, namespace, kind, name] = parts.map(unescape)
  if (parts.length !== 4 || cluster === undefined || namespace === undefined || !kind || !name) return null
  return { cluster, namespace, kind, name }
}

const escape = (part: string) =>
  part.includes('/') || part.includes('%') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part
const unescape = (part: string) => part.replaceAll('%2F', '/').replaceAll('%25', '%')

/** Namespace and name as people write them; outside parties by their name alone. */
export const endpointLabel = (e: Endpoint): string => (e.namespace ? `${e.namespace}/${e.name}` : e.name)

/**
 * What a source knows about one end of a flow; every field is optional because every source knows
 * something else. `resolve` (collectors/resolve.ts) turns it into an Endpoint as of the flow's time.
 * Sources reuse the same object for the same end, so that resolution can be cached by identity.
 */
export type EndpointRef = {
  readonly cluster?: string
  readonly namespace?: string
  /** Name of a pod, or of all pods that a controller made (`web-7d4b9c-*`). */
  readonly pod?: string
  /**
   * Top controller as the source names it; may be a ReplicaSet, which `resolve` lifts to its
   * Deployment. Kind `Workload`: the source does not tell the kind; `resolve` asks the inventory.
   * Without a namespace it is an application's own name (a span's `service.name`), looked for in all.
   */
  readonly workload?: { readonly kind: string; readonly name: string }
  /** The Kubernetes Service that was addressed, where the source knows it; `resolve` looks behind it where it knows no workload. */
  readonly service?: { readonly namespace: string; readonly name: string }
  /** Node name, where this end is a host rather than a pod. */
  readonly node?: string
  /** Cilium's reserved identities and their like: the end is known to be this, and not a pod. */
  readonly reserved?: ReservedEntity
  /** DNS names that the source saw resolve to this end's address. */
  readonly names?: readonly string[]
  readonly labels?: readonly string[]
}

export type ReservedEntity =
  | 'world'
  | 'host'
  | 'remote-node'
  | 'kube-apiserver'
  | 'ingress'
  | 'health'
  | 'init'
  | 'unmanaged'
  | 'unknown'
