import type { Message } from '../protobuf'

/** Messages of goldmane.proto as of Calico 3.32. All times are Unix seconds. */
const policyHit: Message = {
  kind: [1, 'int32'],
  namespace: [2, 'string'],
  name: [3, 'string'],
  tier: [4, 'string'],
  action: [5, 'int32'],
  policyIndex: [6, 'int64'],
  ruleIndex: [7, 'int64'],
  trigger: [8, () => policyHit],
}
const flowKey: Message = {
  sourceName: [1, 'string'],
  sourceNamespace: [2, 'string'],
  sourceType: [3, 'int32'],
  destName: [4, 'string'],
  destNamespace: [5, 'string'],
  destType: [6, 'int32'],
  destPort: [7, 'int64'],
  destServiceName: [8, 'string'],
  destServiceNamespace: [9, 'string'],
  destServicePortName: [10, 'string'],
  destServicePort: [11, 'int64'],
  proto: [12, 'string'],
  reporter: [13, 'int32'],
  action: [14, 'int32'],
  policies: [15, { enforced: [1, policyHit], pending: [2, policyHit] }],
}
const flow: Message = {
  key: [1, flowKey],
  startTime: [2, 'int64'],
  endTime: [3, 'int64'],
  sourceLabels: [4, 'string'],
  destLabels: [5, 'string'],
  packetsIn: [6, 'int64'],
  packetsOut: [7, 'int64'],
  bytesIn: [8, 'int64'],
  bytesOut: [9, 'int64'],
  started: [10, 'int64'],
  completed: [11, 'int64'],
  live: [12, 'int64'],
}
export const flowResult: Message = { id: [1, 'int64'], flow: [2, flow] }

const meta: Message = { totalPages: [1, 'int64'], totalResults: [2, 'int64'] }
export const listResult: Message = { meta: [1, meta], flows: [2, flowResult] }
export const hintsResult: Message = { meta: [1, meta], hints: [2, { value: [1, 'string'] }] }

const stringMatch: Message = { value: [1, 'string'], type: [2, 'int32'] }
const filter: Message = {
  sourceNames: [1, stringMatch],
  sourceNamespaces: [2, stringMatch],
  destNames: [3, stringMatch],
  destNamespaces: [4, stringMatch],
  protocols: [5, stringMatch],
  destPorts: [6, { port: [1, 'int64'] }],
  actions: [7, 'int32'],
  reporter: [9, 'int32'],
}
export const listRequest: Message = {
  startTimeGte: [1, 'int64'],
  startTimeLt: [2, 'int64'],
  page: [3, 'int64'],
  pageSize: [4, 'int64'],
  sortBy: [5, { sortBy: [1, 'int32'] }],
  filter: [6, filter],
}
export const streamRequest: Message = { startTimeGte: [1, 'int64'], filter: [2, filter] }
export const hintsRequest: Message = {
  type: [1, 'int32'],
  filter: [2, filter],
  startTimeGte: [3, 'int64'],
  startTimeLt: [4, 'int64'],
  page: [5, 'int64'],
  pageSize: [6, 'int64'],
}

export const action = { allow: 1, deny: 2, pass: 3 } as const
export const reporter = { source: 1, destination: 2 } as const
export const endpointType = { workload: 1, network: 4 } as const
export const policyKind = { profile: 9, endOfTier: 10 } as const
/** By group and kind; what Calico does not know goes by the name of its own. */
export const policyKinds: Readonly<Record<string, number>> = {
  'projectcalico.org NetworkPolicy': 1,
  'projectcalico.org GlobalNetworkPolicy': 2,
  'projectcalico.org StagedNetworkPolicy': 3,
  'projectcalico.org StagedGlobalNetworkPolicy': 4,
  'projectcalico.org StagedKubernetesNetworkPolicy': 5,
  'networking.k8s.io NetworkPolicy': 6,
  'policy.networking.k8s.io ClusterNetworkPolicy': 11,
}

/** One rule of one policy that said something about a flow. */
export type Hit = {
  readonly kind: number
  readonly namespace?: string
  readonly name?: string
  readonly tier?: string
  readonly action?: number
  readonly policyIndex?: number
  readonly ruleIndex?: number
  readonly trigger?: Hit
}

export type FlowKey = {
  readonly sourceName: string
  readonly sourceNamespace: string
  readonly sourceType: number
  readonly destName: string
  readonly destNamespace: string
  readonly destType: number
  readonly destPort: number
  readonly destServiceName: string
  readonly destServiceNamespace: string
  readonly destServicePortName: string
  readonly destServicePort: number
  readonly proto: string
  readonly reporter: number
  readonly action: number
  readonly policies: { readonly enforced: readonly Hit[]; readonly pending: readonly Hit[] }
}
