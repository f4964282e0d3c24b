import type { EndpointRef, ReservedEntity } from '@/core/endpoint'
import { type Recent, createRecent } from '@/collectors/kit/recent'
import { clean } from '@/collectors/kit/text'

/** One end of a flow as Hubble describes it, before node, service and DNS names are added. */
export type End = {
  /** True where the end is an endpoint of the node that reported. */
  readonly local: boolean
  /** True for an address that is no pod's but bears a pod's identity: a proxy speaks for it. */
  readonly proxied: boolean
  readonly clusterName: string
  readonly ref: EndpointRef
  /** `ref` with node, service or names, by these. */
  readonly variants: Recent<EndpointRef>
  /** The variant given last, and what it was for. */
  readonly last: { node: string; service: string; namespace: string; foreign: boolean; ref: EndpointRef | null }
}

/** The fields of Hubble's Endpoint that say who an end is. */
export type EndFields = {
  ID: number
  identity: number
  namespace: string
  labels: string[]
  pod: string
  workload: { name: string; kind: string } | null
  clusterName: string
}

const maxVariants = 2_000
const maxLabels = 100

/** Numbers of Cilium's reserved identities, for flows that came without labels. */
const reservedIdentities: readonly (ReservedEntity | undefined)[] = [
  undefined,
  'host',
  'world',
  'unmanaged',
  'health',
  'init',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'world',
  'world',
]

const reservedLabels: ReadonlyMap<string, ReservedEntity> = new Map([
  ['reserved:kube-apiserver', 'kube-apiserver'],
  ['reserved:host', 'host'],
  ['reserved:remote-node', 'remote-node'],
  ['reserved:ingress', 'ingress'],
  ['reserved:health', 'health'],
  ['reserved:init', 'init'],
  ['reserved:unmanaged', 'unmanaged'],
  ['reserved:world', 'world'],
  ['reserved:world-ipv4', 'world'],
  ['reserved:world-ipv6', 'world'],
  ['reserved:unknown', 'unknown'],
])

export function createEnd(fields: EndFields): End {
  const namespace = clean(fields.namespace, 253)
  const pod = clean(fields.pod, 253)
  const labels = fields.labels.slice(0, maxLabels).map((label) => clean(label, 400))
  const reserved = pod ? undefined : reservedOf(fields.identity, labels)
  const workload = fields.workload
  const ref: EndpointRef = {
    ...(namespace && { namespace }),
    ...(pod && { pod }),
    ...(workload?.name && { workload: { kind: clean(workload.kind, 100) || 'Pod', name: clean(workload.name, 253) } }),
    ...(reserved && { reserved }),
    ...(labels.length > 0 && { labels }),
  }
  return {
    local: fields.ID !== 0,
    proxied: !pod && namespace !== '' && reserved === undefined,
    clusterName: clean(fields.clusterName, 253),
    ref,
    variants: createRecent(maxVariants),
    last: { node: '', service: '', namespace: '', foreign: false, ref: null },
  }
}

/** The end of a flow that named none. */
export const noEnd: End = createEnd({
  ID: 0,
  identity: 0,
  namespace: '',
  labels: [],
  pod: '',
  workload: null,
  clusterName: '',
})

function reservedOf(identity: number, labels: readonly string[]): ReservedEntity | undefined {
  // An API server on a node or outside bears two reserved labels; the map's order says which one names it.
  for (const [label, entity] of reservedLabels) if (labels.includes(label)) return entity
  return labels.length === 0 ? reservedIdentities[identity] : undefined
}

/** What the flow adds to an end. */
export type EndContext = {
  /** Name of the node that reported, with `cluster/` before it where the cluster is not `default`. */
  readonly nodeName: string
  readonly serviceName: string
  readonly serviceNamespace: string
  readonly names: readonly string[]
  /** True for a cluster name that means the observed cluster itself. */
  readonly isHome: (clusterName: string) => boolean
}

const none: readonly string[] = []

/** The ref of an end in a flow; the same object as long as it says the same. */
export function refOf(end: End, context: EndContext): EndpointRef {
  const host = end.ref.reserved === 'host' && context.nodeName !== ''
  const foreign = end.clusterName !== '' && !context.isHome(end.clusterName)
  if (!host && !foreign && context.serviceName === '' && context.names.length === 0) return end.ref
  const node = host ? context.nodeName : ''
  const last = end.last
  if (
    last.ref &&
    context.names.length === 0 &&
    last.service === context.serviceName &&
    last.namespace === context.serviceNamespace &&
    last.node === node &&
    last.foreign === foreign
  )
    return last.ref
  const ref = variantOf(end, context, node, foreign)
  if (context.names.length === 0) {
    last.node = node
    last.service = context.serviceName
    last.namespace = context.serviceNamespace
    last.foreign = foreign
    last.ref = ref
  }
  return ref
}

function variantOf(end: End, context: EndContext, node: string, foreign: boolean): EndpointRef {
  const key = `${foreign ? 1 : 0} ${node} ${context.serviceNamespace}/${context.serviceName} ${context.names.join(' ')}`
  const known = end.variants.get(key)
  if (known) return known
  const names = context.names.length > 0 ? context.names.slice(0, 8).map(dnsName) : none
  const ref: EndpointRef = {
    ...end.ref,
    ...(foreign && { cluster: end.clusterName }),
    ...(node && { node: clean(node.slice(node.indexOf('/') + 1), 253) }),
    ...(context.serviceName && {
      service: { namespace: clean(context.serviceNamespace, 253), name: clean(context.serviceName, 253) },
    }),
    ...(names.length > 0 && { names }),
  }
  end.variants.set(key, ref)
  return ref
}

const dnsName = (name: string) => clean(name, 253).replace(/\.$/, '')
