import type { Cluster, Node, Pod, Workload } from './cluster'
import { meshIntents } from './mesh-intents'
import { namespaceMarks, podMarks, serviceMarks } from './mesh-marks'
import { type KubernetesObject, timestamp, uidOf } from './object'
import { companyPolicies } from './policies'
import { rootCertificate } from './root-certificate'
import type { NamespaceSpec } from './types'
import { tunnelSettings, wireguardAnnotations } from './wireguard'

/** Every object of the cluster as it is now, in the order in which they would have been created. O(objects). */
export function* allObjects(cluster: Cluster): Generator<KubernetesObject> {
  for (const spec of [...cluster.company.namespaces, ...(cluster.company.system?.namespaces ?? [])])
    yield namespaceObject(spec)
  for (const node of cluster.nodes) yield nodeObject(node, cluster)
  for (const workload of cluster.workloads.values()) {
    yield* workloadObjects(workload)
    for (const pod of workload.pods) yield podObject(pod)
  }
  if (!cluster.company.system) return
  yield* companyPolicies()
  yield* meshIntents
  yield meshRoot(cluster)
  yield* tunnelSettings
}

const dayMs = 86_400_000

/** Istio's root, which its operator has to renew before the month is over. */
const meshRoot = ({ builtAt }: Cluster): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'istio-ca-root-cert',
    namespace: 'istio-system',
    uid: uidOf('configmap istio-ca-root-cert'),
    creationTimestamp: founded,
  },
  data: { 'root-cert.pem': rootCertificate('cluster.local', builtAt - 345 * dayMs, builtAt + 20 * dayMs) },
})

const founded = timestamp(Date.UTC(2025, 2, 3, 9, 12))

const namespaceObject = ({ name, team, mesh }: NamespaceSpec): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    uid: uidOf(`namespace ${name}`),
    creationTimestamp: founded,
    labels: { 'kubernetes.io/metadata.name': name, team, ...namespaceMarks(mesh).labels },
    annotations: namespaceMarks(mesh).annotations,
  },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
})

const nodeObject = (node: Node, cluster: Cluster): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: node.name,
    uid: node.uid,
    creationTimestamp: founded,
    labels: {
      'kubernetes.io/hostname': node.name,
      'kubernetes.io/os': 'linux',
      'topology.kubernetes.io/zone': `eu-1${'abc'[node.index % 3]}`,
    },
    annotations: wireguardAnnotations(cluster, node),
  },
  spec: { podCIDR: `10.${node.index >> 4}.${(node.index & 15) << 4}.0/20` },
  status: {
    addresses: [
      { type: 'InternalIP', address: node.ip },
      { type: 'Hostname', address: node.name },
    ],
    conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }],
    nodeInfo: {
      kubeletVersion: 'v1.34.2',
      osImage: 'Debian GNU/Linux 13',
      kernelVersion: '6.12.48',
      architecture: 'amd64',
    },
  },
})

export const labelsOf = ({ spec }: Workload): Record<string, string> => ({
  'app.kubernetes.io/name': spec.name,
  'app.kubernetes.io/part-of': spec.namespace,
  ...(spec.service ? { 'k8s-app': spec.service } : {}),
  ...spec.labels,
})

const podSpec = ({ spec, revision }: Workload, version = revision.number) => ({
  serviceAccountName: spec.name,
  ...(spec.hostNetwork ? { hostNetwork: true } : {}),
  containers: [
    {
      name: spec.name,
      // A CronJob's number counts its runs.
      image: `registry.shop.example/${spec.namespace}/${spec.name}:1.${spec.name.length}.${spec.kind === 'CronJob' ? 0 : version}`,
      ports: spec.ports.map((p) => ({ name: p.name, containerPort: p.port, protocol: p.protocol })),
    },
  ],
})

/** The service account, the controller, its ReplicaSet or Job, the Service and the EndpointSlice of a workload. */
export function* workloadObjects(workload: Workload): Generator<KubernetesObject> {
  yield serviceAccountObject(workload)
  yield controllerObject(workload)
  const { spec } = workload
  if (spec.kind === 'Deployment') yield replicaSetObject(workload, workload.pods.length)
  if (spec.kind === 'CronJob' && workload.pods.length) yield jobObject(workload)
  if (spec.ports.length === 0) return
  yield serviceObject(workload)
  yield endpointSliceObject(workload)
}

const meta = (workload: Workload, name = workload.spec.name) => ({
  name,
  namespace: workload.spec.namespace,
  uid: workload.uid,
  creationTimestamp: timestamp(workload.createdAt),
  labels: labelsOf(workload),
})

const serviceAccountObject = (workload: Workload): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { ...meta(workload), uid: uidOf(`serviceaccount ${workload.uid}`) },
})

const groupOf = { Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', CronJob: 'batch/v1' } as const

export function controllerObject(workload: Workload): KubernetesObject {
  const { spec, revision, pods } = workload
  const selector = { matchLabels: { 'app.kubernetes.io/name': spec.name } }
  const template = { metadata: { labels: labelsOf(workload) }, spec: podSpec(workload) }
  const annotations = { 'deployment.kubernetes.io/revision': String(revision.number) }
  const base = { apiVersion: groupOf[spec.kind], kind: spec.kind }
  if (spec.kind === 'CronJob')
    return {
      ...base,
      metadata: meta(workload),
      spec: { schedule: '*/3 * * * *', jobTemplate: { spec: { template } } },
      status: { lastScheduleTime: timestamp(revision.createdAt) },
    }
  return {
    ...base,
    metadata: { ...meta(workload), annotations, generation: revision.number },
    spec: {
      ...(spec.kind === 'DaemonSet' ? {} : { replicas: spec.replicas }),
      selector,
      template,
      ...(spec.kind === 'StatefulSet' ? { serviceName: spec.name } : {}),
    },
    status:
      spec.kind === 'DaemonSet'
        ? { desiredNumberScheduled: pods.length, numberReady: pods.length }
        : { replicas: pods.length, readyReplicas: pods.length, observedGeneration: revision.number },
  }
}

const controlledBy = (kind: string, apiVersion: string, name: string, uid: string) => [
  { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true },
]

export const replicaSetObject = (
  workload: Workload,
  replicas: number,
  revision = workload.revision,
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    ...meta(workload, `${workload.spec.name}-${revision.hash}`),
    uid: revision.uid,
    creationTimestamp: timestamp(revision.createdAt),
    labels: { ...labelsOf(workload), 'pod-template-hash': revision.hash },
    ownerReferences: controlledBy('Deployment', 'apps/v1', workload.spec.name, workload.uid),
  },
  spec: { replicas, selector: { matchLabels: { 'pod-template-hash': revision.hash } } },
  status: { replicas },
})

export const jobObject = (workload: Workload, done = false): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    ...meta(workload, `${workload.spec.name}-${workload.revision.hash}`),
    uid: workload.revision.uid,
    creationTimestamp: timestamp(workload.revision.createdAt),
    ownerReferences: controlledBy('CronJob', 'batch/v1', workload.spec.name, workload.uid),
  },
  spec: { completions: 1, parallelism: 1, template: { spec: podSpec(workload) } },
  status: done ? { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] } : { active: 1 },
})

export function podObject(pod: Pod, deletedAt?: number): KubernetesObject {
  const { workload, owner } = pod
  const hash: Record<string, string> =
    owner.kind === 'ReplicaSet' ? { 'pod-template-hash': owner.name.slice(workload.spec.name.length + 1) } : {}
  const marks = podMarks(workload)
  const spec = podSpec(workload, pod.version)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: workload.spec.namespace,
      uid: pod.uid,
      creationTimestamp: timestamp(pod.createdAt),
      labels: { ...labelsOf(workload), ...hash, ...marks.labels },
      annotations: marks.annotations,
      ownerReferences: controlledBy(owner.kind, owner.kind === 'Job' ? 'batch/v1' : 'apps/v1', owner.name, owner.uid),
      ...(deletedAt === undefined ? {} : { deletionTimestamp: timestamp(deletedAt), deletionGracePeriodSeconds: 30 }),
    },
    spec: { nodeName: pod.node.name, ...spec, containers: [...spec.containers, ...marks.containers] },
    status: {
      phase: 'Running',
      hostIP: pod.node.ip,
      podIP: pod.ip,
      podIPs: [{ ip: pod.ip }],
      startTime: timestamp(pod.createdAt),
      conditions: [{ type: 'Ready', status: deletedAt === undefined && isUp(pod) ? 'True' : 'False' }],
      containerStatuses: [containerStatus(pod)],
    },
  }
}

/** Whether its container runs rather than waits to be started again. */
const isUp = ({ ended }: Pod): boolean => ended === null || ended.running

function containerStatus(pod: Pod) {
  const { ended, restarts, createdAt, workload } = pod
  const up = isUp(pod)
  const startedAt = timestamp(ended?.running ? ended.startedAt : createdAt)
  return {
    name: workload.spec.name,
    ready: up,
    restartCount: restarts,
    state: up ? { running: { startedAt } } : { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: ended
      ? { terminated: { reason: ended.reason, exitCode: ended.exitCode, finishedAt: timestamp(ended.at) } }
      : {},
  }
}

export const serviceName = ({ spec }: Workload): string => spec.service ?? spec.name

const serviceObject = (workload: Workload): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    ...meta(workload, serviceName(workload)),
    labels: { ...labelsOf(workload), ...serviceMarks(workload) },
    uid: uidOf(`service ${workload.uid}`),
  },
  spec: {
    type: 'ClusterIP',
    clusterIP: workload.clusterIp,
    clusterIPs: [workload.clusterIp],
    selector: { 'app.kubernetes.io/name': workload.spec.name },
    ports: workload.spec.ports.map((p) => ({ ...p, targetPort: p.port })),
  },
  status: { loadBalancer: {} },
})

export const endpointSliceObject = (workload: Workload): KubernetesObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    ...meta(workload, `${serviceName(workload)}-${uidOf(`slice ${workload.uid}`).slice(0, 5)}`),
    uid: uidOf(`slice ${workload.uid}`),
    labels: { 'kubernetes.io/service-name': serviceName(workload) },
  },
  addressType: 'IPv4',
  ports: workload.spec.ports,
  endpoints: workload.pods.map((pod) => ({
    addresses: [pod.ip],
    nodeName: pod.node.name,
    conditions: { ready: isUp(pod), serving: isUp(pod), terminating: false },
    targetRef: { kind: 'Pod', name: pod.name, namespace: workload.spec.namespace, uid: pod.uid },
  })),
})
