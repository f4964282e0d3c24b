import { createHash } from 'node:crypto'
import {
  ciliumSettingNames,
  type InventoryObject,
  type Labels,
  type ObjectPort,
  type Owner,
  type PodObject,
  type WorkloadObject,
} from '@/core/inventory/inventory-object'
import { healthAnnotation } from '@/core/health/tolerance-annotation'
import { podProxy } from './mesh-proxy'
import { containerEnds } from './container-ends'
import { type Fields, fields, labels, list, text, texts, time, whole } from './read-object'

type Common = Omit<Extract<InventoryObject, { kind: 'Namespace' }>, 'kind'>

/** Annotations that are kept; others may hold anything, secrets too. */
const keptAnnotations = new Set([
  healthAnnotation,
  'network.cilium.io/wg-pub-key',
  'io.cilium.network.wg-pub-key',
  'network.cilium.io/encryption-key',
  'io.cilium.network.encryption-key',
  'network.cilium.io/ipv4-cilium-host',
  'network.cilium.io/ipv6-cilium-host',
  'linkerd.io/inject',
  'sidecar.istio.io/inject',
  'ambient.istio.io/redirection',
  'istio.io/use-waypoint',
  'projectcalico.org/WireguardPublicKey',
  'projectcalico.org/WireguardPublicKeyV6',
  'prometheus.io/scrape',
  'prometheus.io/port',
  'prometheus.io/path',
])

function common(object: Fields): Common | null {
  const metadata = fields(object.metadata)
  const uid = text(metadata.uid)
  const name = text(metadata.name)
  if (!uid || !name) return null
  return {
    uid,
    namespace: text(metadata.namespace),
    name,
    createdAt: time(metadata.creationTimestamp) ?? 0,
    labels: labels(metadata.labels),
    annotations: labels(metadata.annotations, (key) => keptAnnotations.has(key)),
    owner: ownerOf(metadata),
  }
}

function ownerOf(metadata: Fields): Owner | null {
  const controller = list(metadata.ownerReferences)
    .map(fields)
    .find((owner) => owner.controller === true)
  if (!controller) return null
  const owner = { kind: text(controller.kind), name: text(controller.name), uid: text(controller.uid) }
  return owner.kind && owner.name ? owner : null
}

export type Trim = (object: unknown) => InventoryObject | null

/** Trims an object to what `extend` makes of its common fields, spec and status; null for one without uid or name. */
export const trimmer =
  (extend: (common: Common, spec: Fields, status: Fields, object: Fields) => InventoryObject): Trim =>
  (value) => {
    const object = fields(value)
    const base = common(object)
    return base && extend(base, fields(object.spec), fields(object.status), object)
  }

export const trimNamespace = trimmer((base) => ({ ...base, kind: 'Namespace' }))

export const trimNode = trimmer((base, _spec, status) => {
  const addresses = list(status.addresses).map(fields)
  const isIp = (type: string) => type === 'InternalIP' || type === 'ExternalIP'
  const listed = addresses.filter(({ type }) => isIp(text(type))).map(({ address }) => text(address))
  const router = ['network.cilium.io/ipv4-cilium-host', 'network.cilium.io/ipv6-cilium-host'].map(
    (key) => base.annotations[key] ?? '',
  )
  return { ...base, kind: 'Node', addresses: unique([...listed, ...router]) }
})

export const trimPod = trimmer((base, spec, status, object): PodObject => {
  // Sidecars may be init containers that never end (KEP-753).
  const sidecars = list(spec.initContainers)
    .map(fields)
    .filter((container) => container.restartPolicy === 'Always')
  const containers = [...list(spec.containers).map(fields), ...sidecars]
  const declared = containers.flatMap((container) => ports(container.ports, 'containerPort'))
  const restarts = containerEnds(status)
  return {
    ...base,
    kind: 'Pod',
    ips: unique([...list(status.podIPs).map((item) => text(fields(item).ip)), text(status.podIP)]),
    node: text(spec.nodeName),
    hostNetwork: spec.hostNetwork === true,
    serviceAccount: text(spec.serviceAccountName),
    phase: text(status.phase),
    ipSince: ipSince(status),
    finishedAt: isEnding(status, object) ? finishedAt(status) : null,
    ports: declared,
    images: images(spec),
    ...podProxy(fields(object.metadata), spec, declared),
    ...(restarts.length > 0 && { restarts }),
  }
})

/** The condition is of Kubernetes 1.29 and later; before, the pod's start is the nearest that is known. */
function ipSince(status: Fields): number | null {
  const ready = list(status.conditions)
    .map(fields)
    .find((item) => item.type === 'PodReadyToStartContainers' && item.status === 'True')
  return time(ready?.lastTransitionTime) ?? time(status.startTime)
}

/** A container that restarts ends too; only the pod's own end counts. */
const isEnding = (status: Fields, object: Fields): boolean =>
  status.phase === 'Succeeded' || status.phase === 'Failed' || fields(object.metadata).deletionTimestamp !== undefined

function finishedAt(status: Fields): number | null {
  const states = list(status.containerStatuses).map((item) => fields(fields(fields(item).state).terminated))
  const ends = states.map((state) => time(state.finishedAt))
  if (ends.length === 0 || ends.includes(null)) return null
  return Math.max(...ends.map((end) => end ?? 0))
}

export const trimWorkload = (kind: WorkloadObject['kind']): Trim =>
  trimmer((base, spec, status) => {
    const job = kind === 'CronJob' ? fields(fields(spec.jobTemplate).spec) : spec
    const template = fields(job.template)
    const ended = list(status.conditions)
      .map(fields)
      .some((item) => (item.type === 'Complete' || item.type === 'Failed') && item.status === 'True')
    return {
      ...base,
      kind,
      replicas: whole(spec.replicas),
      finished: kind === 'Job' && ended,
      podLabels: labels(fields(template.metadata).labels),
      images: images(fields(template.spec)),
      template: templateHash(template),
      restartedAt: text(templateAnnotations(template)[restarted]),
    }
  })

const restarted = 'kubectl.kubernetes.io/restartedAt'
const templateAnnotations = (template: Fields): Fields => fields(fields(template.metadata).annotations)

/** Of everything in the template, so that a roll-out is seen whatever it changes; the values themselves are not kept. */
function templateHash(template: Fields): string {
  if (Object.keys(template).length === 0) return ''
  const { [restarted]: _, ...annotations } = templateAnnotations(template)
  const whole = { ...template, metadata: { ...fields(template.metadata), annotations } }
  return createHash('sha1').update(JSON.stringify(whole)).digest('hex').slice(0, 12)
}

export const trimService = trimmer((base, spec, status) => ({
  ...base,
  kind: 'Service',
  type: text(spec.type) || 'ClusterIP',
  clusterIps: unique([...texts(spec.clusterIPs), text(spec.clusterIP)]).filter((ip) => ip !== 'None'),
  externalIps: unique([
    ...texts(spec.externalIPs),
    ...list(fields(status.loadBalancer).ingress).map((item) => text(fields(item).ip)),
  ]),
  externalName: text(spec.externalName),
  selector: selectorOf(spec.selector),
  ports: list(spec.ports)
    .map(fields)
    .flatMap((port) => ports([port], 'port').map((kept) => ({ ...kept, targetPort: target(port.targetPort) }))),
}))

const target = (value: unknown) => (typeof value === 'number' ? String(value) : text(value))

function selectorOf(value: unknown): Labels | null {
  const selector = labels(value)
  return Object.keys(selector).length > 0 ? selector : null
}

export const trimEndpointSlice = trimmer((base, _spec, _status, object) => ({
  ...base,
  kind: 'EndpointSlice',
  service: base.labels['kubernetes.io/service-name'] ?? '',
  endpoints: list(object.endpoints)
    .slice(0, 1_000)
    .map(fields)
    .map((endpoint) => {
      const reference = fields(endpoint.targetRef)
      return {
        addresses: texts(endpoint.addresses),
        pod: reference.kind === 'Pod' ? text(reference.uid) : '',
        // Not said means ready, by the API's own rule.
        ready: fields(endpoint.conditions).ready !== false,
      }
    }),
  ports: ports(object.ports, 'port'),
}))

export const trimServiceAccount = trimmer((base) => ({ ...base, kind: 'ServiceAccount' }))

export const trimCiliumNode = trimmer((base, spec) => ({
  ...base,
  kind: 'CiliumNode',
  ipsecKey: whole(fields(spec.encryption).key) ?? 0,
}))

/** The ConfigMap of Cilium's settings; no other is read or kept. */
export const ciliumConfig = { namespace: 'kube-system', name: 'cilium-config' } as const

const ciliumSettings: ReadonlySet<string> = new Set(ciliumSettingNames)

export const trimCiliumConfig: Trim = (value) => {
  const object = fields(value)
  const base = common(object)
  if (base?.name !== ciliumConfig.name || base.namespace !== ciliumConfig.namespace) return null
  return { ...base, kind: 'CiliumConfig', settings: labels(object.data, (key) => ciliumSettings.has(key)) }
}

export const trimFelixConfiguration = trimmer((base, { wireguardHostEncryptionEnabled: set }) => ({
  ...base,
  kind: 'FelixConfiguration',
  hostEncryption: typeof set === 'boolean' ? set : null,
}))

const ports = (value: unknown, numberField: string): ObjectPort[] =>
  list(value)
    .map(fields)
    .map((port) => ({
      name: text(port.name),
      port: whole(port[numberField]) ?? 0,
      protocol: text(port.protocol) || 'TCP',
    }))

const images = (spec: Fields): string[] =>
  unique(list(spec.containers).map((container) => text(fields(container).image, 500))).slice(0, 20)

const unique = (items: readonly string[]): string[] => [...new Set(items.filter(Boolean))]
