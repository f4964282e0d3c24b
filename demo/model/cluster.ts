import { hashText, nameSuffix, pick, seededRandom, uuid, type Random } from '../random'
import { createAddresses, type Addresses } from './addresses'
import type { Company, NamespaceSpec, WorkloadSpec } from './types'

export type Node = { readonly name: string; readonly ip: string; readonly index: number; readonly uid: string }

export type Pod = {
  readonly name: string
  readonly uid: string
  readonly ip: string
  readonly node: Node
  readonly workload: Workload
  readonly createdAt: number
  /** Cilium's endpoint id on its node. */
  readonly endpointId: number
  /** Number of the revision that it runs. */
  readonly version: number
  /** The ReplicaSet, Job, StatefulSet or DaemonSet that owns it. */
  readonly owner: { readonly kind: string; readonly name: string; readonly uid: string }
  /** How often its container was started again, and how it ended last. */
  restarts: number
  ended: ContainerEnd | null
}

/** `running`: started again; else it waits for that. */
export type ContainerEnd = {
  readonly at: number
  readonly startedAt: number
  readonly reason: string
  readonly exitCode: number
  readonly running: boolean
}

export type Workload = {
  readonly spec: WorkloadSpec
  readonly namespace: NamespaceSpec
  readonly uid: string
  /** Cilium's security identity: one per set of labels. */
  readonly identity: number
  readonly clusterIp: string
  readonly createdAt: number
  /** Changes with every roll-out: suffix of the ReplicaSet, number of the Job. */
  revision: { number: number; hash: string; uid: string; createdAt: number }
  pods: Pod[]
}

/** The running cluster: who exists now. Changed only by churn. */
export type Cluster = {
  readonly company: Company
  /** Milliseconds. */
  readonly builtAt: number
  readonly nodes: readonly Node[]
  readonly workloads: ReadonlyMap<string, Workload>
  readonly addresses: Addresses
  readonly random: Random
}

const day = 86_400_000

/** Builds the cluster as of `now` (milliseconds); the same seed and time give the same cluster. O(pods). */
export function buildCluster(company: Company, seed: number, now: number, nodeCount = 6): Cluster {
  const random = seededRandom(hashText('cluster', seed))
  const nodes = Array.from({ length: nodeCount }, (_, index): Node => ({
    name: `${company.cluster}-worker-${index + 1}`,
    ip: `172.18.0.${index + 10}`,
    index,
    uid: uuid(random),
  }))
  const addresses = createAddresses()
  const { system } = company
  const namespaces = new Map([...company.namespaces, ...(system?.namespaces ?? [])].map((n) => [n.name, n]))
  const workloads = new Map<string, Workload>()
  const cluster: Cluster = { company, builtAt: now, nodes, workloads, addresses, random }
  let serviceNumber = 10
  for (const spec of [...company.workloads, ...(system?.workloads ?? [])]) {
    const namespace = namespaces.get(spec.namespace)
    if (!namespace) throw new Error(`workload ${spec.name} is in an unknown namespace ${spec.namespace}`)
    const createdAt = now - Math.floor((3 + random() * 200) * day)
    serviceNumber++
    const workload: Workload = {
      spec,
      namespace,
      uid: uuid(random),
      identity: 10_000 + workloads.size * 7 + Math.floor(random() * 7),
      clusterIp: `10.96.${serviceNumber >> 8}.${serviceNumber & 255}`,
      createdAt,
      revision: newRevision(random, spec, 1 + Math.floor(random() * 30), createdAt),
      pods: [],
    }
    workloads.set(`${spec.namespace}/${spec.name}`, workload)
    const replicas = spec.kind === 'DaemonSet' ? nodeCount : spec.replicas
    for (let i = 0; i < replicas; i++) addPod(cluster, workload, now - Math.floor((0.1 + random() * 3) * day), i)
  }
  return cluster
}

/** A roll-out's name: the hash of a ReplicaSet, the schedule minute of a Job. */
export const newRevision = (random: Random, spec: WorkloadSpec, number: number, createdAt: number) => ({
  number,
  hash: spec.kind === 'CronJob' ? String(Math.floor(createdAt / 60_000)) : nameSuffix(random, 10),
  uid: uuid(random),
  createdAt,
})

/** Starts a pod of the workload's current revision. `ordinal` names a StatefulSet's pod and picks a DaemonSet's node. */
export function addPod(cluster: Cluster, workload: Workload, createdAt: number, ordinal: number): Pod {
  const { random } = cluster
  const { spec, revision } = workload
  const node = spec.kind === 'DaemonSet' ? cluster.nodes[ordinal % cluster.nodes.length] : pick(random, cluster.nodes)
  if (!node) throw new Error('a cluster needs a node')
  const pod: Pod = {
    name: podName(random, workload, ordinal),
    uid: uuid(random),
    ip: spec.hostNetwork ? node.ip : cluster.addresses.take(node.index, createdAt),
    node,
    workload,
    createdAt,
    version: revision.number,
    endpointId: 64 + Math.floor(random() * 4000),
    owner: ownerOf(workload, revision),
    restarts: 0,
    ended: null,
  }
  workload.pods.push(pod)
  return pod
}

export function removePod(cluster: Cluster, pod: Pod, now: number): void {
  pod.workload.pods = pod.workload.pods.filter((other) => other !== pod)
  if (pod.ip !== pod.node.ip) cluster.addresses.release(pod.node.index, pod.ip, now)
}

function podName(random: Random, { spec, revision }: Workload, ordinal: number): string {
  const suffix = nameSuffix(random, 5)
  if (spec.kind === 'StatefulSet') return `${spec.name}-${ordinal}`
  return spec.kind === 'DaemonSet' ? `${spec.name}-${suffix}` : `${spec.name}-${revision.hash}-${suffix}`
}

function ownerOf({ spec, uid }: Workload, revision: Workload['revision']): Pod['owner'] {
  if (spec.kind === 'Deployment')
    return { kind: 'ReplicaSet', name: `${spec.name}-${revision.hash}`, uid: revision.uid }
  if (spec.kind === 'CronJob') return { kind: 'Job', name: `${spec.name}-${revision.hash}`, uid: revision.uid }
  return { kind: spec.kind, name: spec.name, uid }
}
