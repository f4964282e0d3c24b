import type { Pod, Workload } from '../model/cluster'
import { istioVersion } from '../model/mesh-marks'
import { proxyOf, spiffeId } from '../model/mesh'
import { labelsOf } from '../model/objects'
import { encode, type Fields } from '../protobuf'
import { type Json, struct, structFields } from './messages'

/** Whether a Telemetry resource sends the workload's access logs here: checkout and the gateway. */
export const isLogged = (workload: Workload): boolean =>
  workload.spec.namespace === 'checkout' ? proxyOf(workload) === 'sidecar' : workload.spec.name === 'ingress'

const owner = ({ spec }: Workload) =>
  `kubernetes://apis/apps/v1/namespaces/${spec.namespace}/${spec.kind.toLowerCase()}s/${spec.name}`

/** How the proxy of a pod names itself, in a stream's first message. */
export function nodeOf(pod: Pod, cluster: string): Fields {
  const { spec } = pod.workload
  const type = proxyOf(pod.workload) === 'gateway' ? 'router' : 'sidecar'
  return {
    id: `${type}~${pod.ip}~${pod.name}.${spec.namespace}~${spec.namespace}.svc.cluster.local`,
    cluster: `${spec.name}.${spec.namespace}`,
    metadata: structFields({
      NAME: pod.name,
      NAMESPACE: spec.namespace,
      WORKLOAD_NAME: spec.name,
      OWNER: owner(pod.workload),
      CLUSTER_ID: cluster,
      MESH_ID: 'cluster.local',
      SERVICE_ACCOUNT: spec.name,
      INSTANCE_IPS: pod.ip,
      NODE_NAME: pod.node.name,
      ISTIO_VERSION: istioVersion,
      LABELS: labelsOf(pod.workload),
    }),
    userAgentName: 'envoy',
    userAgentVersion: istioVersion,
  }
}

/** What a proxy learned of its peer, as it stands in the filter state: upper case by metadata exchange, lower case by baggage. */
export function peerOf(key: 'upstream_peer' | 'downstream_peer', { workload, name }: Pod, cluster: string): Fields {
  const { spec } = workload
  const json: Json =
    key === 'downstream_peer'
      ? {
          NAME: name,
          NAMESPACE: spec.namespace,
          WORKLOAD_NAME: spec.name,
          OWNER: owner(workload),
          CLUSTER_ID: cluster,
          LABELS: labelsOf(workload),
        }
      : {
          namespace: spec.namespace,
          workload: spec.name,
          cluster,
          service: spec.name,
          revision: 'latest',
          app: spec.name,
          version: 'latest',
          identity: spiffeId(workload),
        }
  return {
    key,
    value: { typeUrl: 'type.googleapis.com/google.protobuf.Struct', value: encode(struct, structFields(json)) },
  }
}
