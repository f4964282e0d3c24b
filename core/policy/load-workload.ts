import { annotationsOf, labelsOf, nameOf, namespaceNameOf, protocolOf } from './load-cluster'
import type { Mesh } from './end-match'
import type { ModelObject, NamedPort, Workload } from './model'
import { booleanAt, field, isAbsent, itemsAt, numberAt, type Reader, refuse, textAt } from './read'

/** A pod, or the pods of a controller, with the controller above it. */
export type LoadedPods = {
  readonly workload: Workload
  readonly owner: { readonly kind: string; readonly name: string } | null
  /** What its proxies show; undefined: as its namespace has it. */
  readonly mesh: Mesh | null | undefined
}

/** Where a kind keeps the template of its pods. */
const templates: Readonly<Record<string, readonly string[]>> = {
  'v1/Pod': [],
  'v1/ReplicationController': ['spec', 'template'],
  'apps/v1/Deployment': ['spec', 'template'],
  'apps/v1/ReplicaSet': ['spec', 'template'],
  'apps/v1/StatefulSet': ['spec', 'template'],
  'apps/v1/DaemonSet': ['spec', 'template'],
  'batch/v1/Job': ['spec', 'template'],
  'batch/v1/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
}

/** `apps/v1/Deployment` and so on. */
export const workloadKinds: readonly string[] = Object.keys(templates)

const templateOf = ({ apiVersion, kind }: ModelObject) => templates[`${String(apiVersion)}/${String(kind)}`]

export const isWorkloadKind = (object: ModelObject): boolean => templateOf(object) !== undefined

/** @param at an object of one of the kinds above */
export function podsOf(at: Reader): LoadedPods {
  const kind = textAt(field(at, 'kind')) ?? ''
  const object = { apiVersion: textAt(field(at, 'apiVersion')), kind }
  const template = (templateOf(object) ?? []).reduce(field, at)
  const spec = field(template, 'spec')
  if (isAbsent(spec)) refuse(spec, 'is required')
  const status = field(at, 'status')
  const many = (itemsAt(field(status, 'podIPs')) ?? []).flatMap((item) => textAt(field(item, 'ip')) ?? [])
  const one = textAt(field(status, 'podIP'))
  const node = textAt(field(spec, 'nodeName'))
  const containers = [...(itemsAt(field(spec, 'containers')) ?? []), ...(itemsAt(field(spec, 'initContainers')) ?? [])]
  const workload: Workload = {
    namespace: namespaceNameOf(at),
    name: nameOf(at),
    kind,
    labels: labelsOf(template),
    annotations: annotationsOf(template),
    serviceAccount: textAt(field(spec, 'serviceAccountName')) ?? 'default',
    ips: isFinished(status) ? [] : many.length > 0 ? many : one ? [one] : [],
    ports: containers.flatMap((container) => (itemsAt(field(container, 'ports')) ?? []).flatMap(namedPortOf)),
    hostNetwork: booleanAt(field(spec, 'hostNetwork')) ?? false,
    nodes: node ? [node] : [],
    mesh: null,
  }
  const names = containers.map((container) => textAt(field(container, 'name')))
  return { workload, owner: ownerOf(at), mesh: meshOf(workload, names, !isAbsent(status)) }
}

/** Its address may be another pod's by now. */
function isFinished(status: Reader): boolean {
  const phase = textAt(field(status, 'phase'))
  return phase === 'Succeeded' || phase === 'Failed'
}

function namedPortOf(at: Reader): readonly NamedPort[] {
  const name = textAt(field(at, 'name'))
  const port = numberAt(field(at, 'containerPort'))
  return name === null || port === null ? [] : [{ name, protocol: protocolOf(at), port }]
}

function ownerOf(at: Reader): LoadedPods['owner'] {
  const owners = itemsAt(field(field(at, 'metadata'), 'ownerReferences')) ?? []
  const owner = owners.find((one) => field(one, 'controller').value === true) ?? owners[0]
  if (!owner) return null
  return { kind: textAt(field(owner, 'kind')) ?? '', name: textAt(field(owner, 'name')) ?? '' }
}

/** By the proxy that is in it, else by what asks for one; a pod that runs has one or has none. */
function meshOf(
  { labels, annotations }: Workload,
  containers: readonly (string | null)[],
  runs: boolean,
): LoadedPods['mesh'] {
  if (containers.includes('istio-proxy') || annotations['ambient.istio.io/redirection'] === 'enabled') return 'istio'
  if (containers.includes('linkerd-proxy')) return 'linkerd'
  if (runs) return null
  const istio = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject']
  if (istio !== undefined) return istio === 'true' ? 'istio' : null
  const linkerd = annotations['linkerd.io/inject']
  if (linkerd !== undefined) return linkerd === 'disabled' ? null : 'linkerd'
  return labels['istio.io/dataplane-mode'] === 'ambient' ? 'istio' : undefined
}
