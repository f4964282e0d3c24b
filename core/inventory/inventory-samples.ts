import type {
  EndpointSliceObject,
  NetworkPolicyObject,
  PodObject,
  ServiceObject,
  WorkloadObject,
} from './inventory-object'

/** Objects for tests: everything that a case does not name has a plain value. */
const base = { namespace: 'shop', createdAt: 1_000, labels: {}, annotations: {}, owner: null }

export const pod = (name: string, more: Partial<PodObject> = {}): PodObject => ({
  ...base,
  kind: 'Pod',
  uid: `pod-${name}`,
  name,
  ips: [],
  node: 'n1',
  hostNetwork: false,
  serviceAccount: 'default',
  phase: 'Running',
  ipSince: null,
  finishedAt: null,
  ports: [],
  images: [],
  proxy: 'none',
  skipsIn: [],
  skipsOut: [],
  ...more,
})

export const workload = (
  kind: WorkloadObject['kind'],
  name: string,
  more: Partial<WorkloadObject> = {},
): WorkloadObject => ({
  ...base,
  kind,
  uid: `${kind}-${name}`,
  name,
  replicas: 1,
  finished: false,
  podLabels: {},
  images: [],
  template: '',
  restartedAt: '',
  ...more,
})

export const ownedBy = ({ kind, name, uid }: WorkloadObject) => ({ owner: { kind, name, uid } })

export const service = (name: string, more: Partial<ServiceObject> = {}): ServiceObject => ({
  ...base,
  kind: 'Service',
  uid: `service-${name}`,
  name,
  type: 'ClusterIP',
  clusterIps: [],
  externalIps: [],
  externalName: '',
  selector: null,
  ports: [],
  ...more,
})

export const slice = (service: string, pods: readonly PodObject[]): EndpointSliceObject => ({
  ...base,
  kind: 'EndpointSlice',
  uid: `slice-${service}`,
  name: `${service}-x`,
  service,
  endpoints: pods.map(({ uid, ips }) => ({ addresses: ips, pod: uid, ready: true })),
  ports: [],
})

/** A NetworkPolicy as it is kept, written by kubectl at its creation. */
export const policy = (name: string, more: Partial<NetworkPolicyObject> = {}): NetworkPolicyObject => ({
  ...base,
  kind: 'NetworkPolicy',
  uid: `policy-${name}`,
  name,
  spec: { podSelector: {} },
  apiVersion: 'networking.k8s.io/v1',
  metadata: {},
  more: {},
  writers: [{ manager: 'kubectl', operation: 'Update' }],
  madeBy: { manager: 'kubectl', operation: 'Update', time: 1_000 },
  touched: { resourceVersion: '1', generation: 1, times: [1_000] },
  cut: null,
  ...more,
})
