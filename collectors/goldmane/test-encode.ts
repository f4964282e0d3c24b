import protobuf from 'protobufjs'

/** For tests: messages of goldmane/proto/api.proto by protobufjs, which shares nothing with our reader. */
const { root } = protobuf.parse(
  `syntax = "proto3"; package goldmane;
  enum Action { ActionUnspecified = 0; Allow = 1; Deny = 2; Pass = 3; }
  enum Reporter { ReporterUnspecified = 0; Src = 1; Dst = 2; }
  enum EndpointType { EndpointTypeUnspecified = 0; WorkloadEndpoint = 1; HostEndpoint = 2; NetworkSet = 3; Network = 4; }
  enum PolicyKind { KindUnspecified = 0; CalicoNetworkPolicy = 1; GlobalNetworkPolicy = 2; StagedNetworkPolicy = 3;
    StagedGlobalNetworkPolicy = 4; StagedKubernetesNetworkPolicy = 5; NetworkPolicy = 6; AdminNetworkPolicy = 7;
    BaselineAdminNetworkPolicy = 8; Profile = 9; EndOfTier = 10; ClusterNetworkPolicy = 11; }
  message PolicyHit { PolicyKind kind = 1; string namespace = 2; string name = 3; string tier = 4; Action action = 5;
    int64 policyIndex = 6; int64 ruleIndex = 7; PolicyHit trigger = 8; }
  message PolicyTrace { repeated PolicyHit enforcedPolicies = 1; repeated PolicyHit pendingPolicies = 2; }
  message FlowKey { string sourceName = 1; string sourceNamespace = 2; EndpointType sourceType = 3; string destName = 4;
    string destNamespace = 5; EndpointType destType = 6; int64 destPort = 7; string destServiceName = 8;
    string destServiceNamespace = 9; string destServicePortName = 10; int64 destServicePort = 11; string proto = 12;
    Reporter reporter = 13; Action action = 14; PolicyTrace policies = 15; }
  message Flow { FlowKey Key = 1; int64 startTime = 2; int64 endTime = 3; repeated string sourceLabels = 4;
    repeated string destLabels = 5; int64 packetsIn = 6; int64 packetsOut = 7; int64 bytesIn = 8; int64 bytesOut = 9;
    int64 numConnectionsStarted = 10; int64 numConnectionsCompleted = 11; int64 numConnectionsLive = 12; }
  message FlowResult { int64 id = 1; Flow flow = 2; }
  message FlowUpdate { Flow flow = 1; }
  message FlowStreamRequest { int64 startTimeGte = 1; }`,
  { keepCase: true },
)

const encoder = (name: string) => {
  const type = root.lookupType(`goldmane.${name}`)
  return (json: object) => Buffer.from(type.encode(type.fromObject(json)).finish())
}

/** From protojson of FlowResult and FlowUpdate. */
export const encodeResult = encoder('FlowResult')
export const encodeUpdate = encoder('FlowUpdate')

/** `start_time_gte` of a FlowStreamRequest. */
export function startOf(request: Buffer): number {
  const type = root.lookupType('goldmane.FlowStreamRequest')
  return Number(type.toObject(type.decode(request), { longs: Number }).startTimeGte ?? 0)
}

export type Hit = { readonly [name: string]: string | number | Hit }

/** A Flow in protojson: an allowed call from web to cart, as Src tells it, with what `key` and `flow` change. */
export const flowOf = (key: object = {}, flow: object = {}) => ({
  Key: {
    sourceName: 'web-7d4b9c6f5d-*',
    sourceNamespace: 'shop',
    sourceType: 'WorkloadEndpoint',
    destName: 'cart-5b6c7d8f9g-*',
    destNamespace: 'shop',
    destType: 'WorkloadEndpoint',
    destPort: '8080',
    destServiceName: 'cart',
    destServiceNamespace: 'shop',
    destServicePortName: 'http',
    destServicePort: '80',
    proto: 'tcp',
    reporter: 'Src',
    action: 'Allow',
    policies: {
      enforcedPolicies: [{ kind: 'Profile', name: 'kns.shop', action: 'Allow' }],
      pendingPolicies: [{ kind: 'Profile', name: 'kns.shop', action: 'Allow' }],
    },
    ...key,
  },
  startTime: '1700000010',
  endTime: '1700000025',
  sourceLabels: ['app=web'],
  destLabels: ['app=cart', 'tier=backend'],
  packetsIn: '40',
  packetsOut: '50',
  bytesIn: '4000',
  bytesOut: '500',
  numConnectionsStarted: '3',
  numConnectionsCompleted: '1',
  numConnectionsLive: '5',
  ...flow,
})
