import { encodeEndpoint } from '../hubble-relay/encode'
import { labelsOf } from '../model/objects'
import type { Cluster, Pod } from '../model/cluster'
import { hashText } from '../random'

/** One end of a call at one moment. */
export type Party = {
  readonly ip: string
  /** Index of its node; null outside the cluster. */
  readonly node: number | null
  readonly names: readonly string[]
  /** Encoded flow.Endpoint as an observer on the end's own node sends it. */
  readonly local: Uint8Array
  /** The same, seen from another node: without the endpoint id. */
  readonly remote: Uint8Array
}

/** Ends by pod and by address, encoded once each. */
export type Parties = {
  pod(pod: Pod): Party
  outside(name: string, ip: string): Party
  host(node: number, seenFrom: number): Party
}

export function createParties(cluster: Cluster): Parties {
  const name = cluster.company.cluster
  const pods = new WeakMap<Pod, Party>()
  const others = new Map<string, Party>()
  const remembered = (key: string, build: () => Party): Party => {
    let party = others.get(key)
    if (!party) others.set(key, (party = build()))
    return party
  }
  return {
    pod(pod) {
      let party = pods.get(pod)
      if (!party) pods.set(pod, (party = podParty(pod, name)))
      return party
    },
    outside: (dnsName, ip) =>
      remembered(`${dnsName} ${ip}`, () => {
        const labels = dnsName ? [`fqdn:${dnsName}`, 'reserved:world'] : ['reserved:world']
        const identity = dnsName ? 16_777_217 + (hashText(dnsName) % 1000) : 2
        const encoded = encodeEndpoint({ identity, labels })
        return { ip, node: null, names: dnsName ? [dnsName] : [], local: encoded, remote: encoded }
      }),
    host: (node, seenFrom) =>
      remembered(`host ${node} ${node === seenFrom}`, () => {
        const identity = node === seenFrom ? 1 : 6
        const labels = [node === seenFrom ? 'reserved:host' : 'reserved:remote-node']
        const encoded = encodeEndpoint({ identity, labels, cluster: name })
        return { ip: cluster.nodes[node]?.ip ?? '', node, names: [], local: encoded, remote: encoded }
      }),
  }
}

function podParty(pod: Pod, cluster: string): Party {
  const { workload, node } = pod
  const { spec } = workload
  const labels = [
    ...Object.entries(labelsOf(workload)).map(([key, value]) => `k8s:${key}=${value}`),
    `k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=${spec.namespace}`,
    `k8s:io.cilium.k8s.namespace.labels.team=${workload.namespace.team}`,
    `k8s:io.cilium.k8s.policy.cluster=${cluster}`,
    `k8s:io.cilium.k8s.policy.serviceaccount=${spec.name}`,
    `k8s:io.kubernetes.pod.namespace=${spec.namespace}`,
  ].sort()
  const fields = {
    identity: workload.identity,
    cluster,
    namespace: spec.namespace,
    labels,
    pod: pod.name,
    workload: { name: spec.name, kind: spec.kind },
  }
  return {
    ip: pod.ip,
    node: node.index,
    names: [],
    local: encodeEndpoint({ ...fields, id: pod.endpointId }),
    remote: encodeEndpoint(fields),
  }
}
