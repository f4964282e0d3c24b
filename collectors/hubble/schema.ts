import {
  authTypes,
  capturePoints,
  directions,
  dropReasons,
  flowTypes,
  ipVersions,
  l7Types,
  lostSources,
  nodeStates,
  observationPoints,
  socketPoints,
  traceReasons,
  tunnelProtocols,
  verdictNames,
} from './enums'

/**
 * The part of Hubble's protocol that is read here, as tables: field number → name and type, with
 * upstream's numbers and names. `wrapped` are google.protobuf.*Value messages, where presence
 * differs from zero; `any` is kept as an opaque blob.
 */
export type Scalar = 'u32' | 'u64' | 'i32' | 'bool' | 'double' | 'string' | 'time'
export type Wrapped = 'wrapped u32' | 'wrapped i32' | 'wrapped bool'
export type FieldType = Scalar | Wrapped | 'any' | { readonly names: ReadonlyMap<number, string> } | Message
export type Field = { readonly name: string; readonly type: FieldType; readonly repeated: boolean }
export type Message = { readonly message: string; readonly fields: ReadonlyMap<number, Field> }

type Spec = Readonly<Record<string, readonly [number, FieldType] | readonly [number, FieldType, 'repeated']>>

const message = (name: string, spec: Spec): Message => ({
  message: name,
  fields: new Map(
    Object.entries(spec).map(([field, [n, type, repeated]]) => [
      n,
      { name: field, type, repeated: repeated !== undefined },
    ]),
  ),
})
const names = (map: ReadonlyMap<number, string>) => ({ names: map })

const workload = message('Workload', { name: [1, 'string'], kind: [2, 'string'] })
const service = message('Service', { name: [1, 'string'], namespace: [2, 'string'] })
const flags = message('TCPFlags', {
  FIN: [1, 'bool'],
  SYN: [2, 'bool'],
  RST: [3, 'bool'],
  PSH: [4, 'bool'],
  ACK: [5, 'bool'],
  URG: [6, 'bool'],
  ECE: [7, 'bool'],
  CWR: [8, 'bool'],
  NS: [9, 'bool'],
})
const icmp = { type: [1, 'u32'], code: [2, 'u32'] } as const
const ports = { source_port: [1, 'u32'], destination_port: [2, 'u32'] } as const
const layer4 = message('Layer4', {
  TCP: [1, message('TCP', { ...ports, flags: [3, flags] })],
  UDP: [2, message('UDP', ports)],
  ICMPv4: [3, message('ICMPv4', icmp)],
  ICMPv6: [4, message('ICMPv6', icmp)],
  SCTP: [5, message('SCTP', ports)],
  VRRP: [6, message('VRRP', { type: [1, 'u32'], vrid: [2, 'u32'], priority: [3, 'u32'] })],
  IGMP: [7, message('IGMP', { type: [1, 'u32'], group_address: [2, 'string'] })],
})
const ip = message('IP', {
  source: [1, 'string'],
  destination: [2, 'string'],
  ipVersion: [3, names(ipVersions)],
  encrypted: [4, 'bool'],
  source_xlated: [5, 'string'],
})
export const endpoint = message('Endpoint', {
  ID: [1, 'u32'],
  identity: [2, 'u32'],
  namespace: [3, 'string'],
  labels: [4, 'string', 'repeated'],
  pod_name: [5, 'string'],
  workloads: [6, workload, 'repeated'],
  cluster_name: [7, 'string'],
})
const policy = message('Policy', {
  name: [1, 'string'],
  namespace: [2, 'string'],
  labels: [3, 'string', 'repeated'],
  revision: [4, 'u64'],
  kind: [5, 'string'],
})
const dns = message('DNS', {
  query: [1, 'string'],
  ips: [2, 'string', 'repeated'],
  ttl: [3, 'u32'],
  cnames: [4, 'string', 'repeated'],
  observation_source: [5, 'string'],
  rcode: [6, 'u32'],
  qtypes: [7, 'string', 'repeated'],
  rrtypes: [8, 'string', 'repeated'],
})
const http = message('HTTP', {
  code: [1, 'u32'],
  method: [2, 'string'],
  url: [3, 'string'],
  protocol: [4, 'string'],
  headers: [5, message('HTTPHeader', { key: [1, 'string'], value: [2, 'string'] }), 'repeated'],
})
const kafka = message('Kafka', {
  error_code: [1, 'i32'],
  api_version: [2, 'i32'],
  api_key: [3, 'string'],
  correlation_id: [4, 'i32'],
  topic: [5, 'string'],
})
const layer7 = message('Layer7', {
  type: [1, names(l7Types)],
  latency_ns: [2, 'u64'],
  dns: [100, dns],
  http: [101, http],
  kafka: [102, kafka],
})

export const flow = message('Flow', {
  time: [1, 'time'],
  verdict: [2, names(verdictNames)],
  drop_reason: [3, 'u32'],
  ethernet: [4, message('Ethernet', { source: [1, 'string'], destination: [2, 'string'] })],
  IP: [5, ip],
  l4: [6, layer4],
  source: [8, endpoint],
  destination: [9, endpoint],
  Type: [10, names(flowTypes)],
  node_name: [11, 'string'],
  source_names: [13, 'string', 'repeated'],
  destination_names: [14, 'string', 'repeated'],
  l7: [15, layer7],
  reply: [16, 'bool'],
  event_type: [19, message('CiliumEventType', { type: [1, 'i32'], sub_type: [2, 'i32'] })],
  source_service: [20, service],
  destination_service: [21, service],
  traffic_direction: [22, names(directions)],
  policy_match_type: [23, 'u32'],
  trace_observation_point: [24, names(observationPoints)],
  drop_reason_desc: [25, names(dropReasons)],
  is_reply: [26, 'wrapped bool'],
  debug_capture_point: [27, names(capturePoints)],
  interface: [28, message('NetworkInterface', { index: [1, 'u32'], name: [2, 'string'] })],
  proxy_port: [29, 'u32'],
  trace_context: [30, message('TraceContext', { parent: [1, message('TraceParent', { trace_id: [1, 'string'] })] })],
  sock_xlate_point: [31, names(socketPoints)],
  socket_cookie: [32, 'u64'],
  cgroup_id: [33, 'u64'],
  uuid: [34, 'string'],
  auth_type: [35, names(authTypes)],
  trace_reason: [36, names(traceReasons)],
  node_labels: [37, 'string', 'repeated'],
  file: [38, message('FileInfo', { name: [1, 'string'], line: [2, 'u32'] })],
  tunnel: [
    39,
    message('Tunnel', { protocol: [1, names(tunnelProtocols)], IP: [2, ip], l4: [3, layer4], vni: [4, 'u32'] }),
  ],
  ip_trace_id: [40, message('IPTraceID', { trace_id: [1, 'u64'], ip_option_type: [2, 'u32'] })],
  emitter: [41, message('Emitter', { name: [1, 'string'], version: [2, 'string'] })],
  egress_allowed_by: [21001, policy, 'repeated'],
  ingress_allowed_by: [21002, policy, 'repeated'],
  egress_denied_by: [21004, policy, 'repeated'],
  ingress_denied_by: [21005, policy, 'repeated'],
  policy_log: [21006, 'string', 'repeated'],
  aggregate: [
    21007,
    message('Aggregate', {
      ingress_flow_count: [1, 'u32'],
      egress_flow_count: [2, 'u32'],
      unknown_direction_flow_count: [3, 'u32'],
    }),
  ],
  Summary: [100000, 'string'],
  extensions: [150000, 'any'],
})

export const nodeStatus = message('NodeStatusEvent', {
  state_change: [1, names(nodeStates)],
  node_names: [2, 'string', 'repeated'],
  message: [3, 'string'],
})
export const lostEvent = message('LostEvent', {
  source: [1, names(lostSources)],
  num_events_lost: [2, 'u64'],
  cpu: [3, 'wrapped i32'],
  first: [4, 'time'],
  last: [5, 'time'],
})
export const getFlowsResponse = message('GetFlowsResponse', {
  flow: [1, flow],
  node_status: [2, nodeStatus],
  lost_events: [3, lostEvent],
  node_name: [1000, 'string'],
  time: [1001, 'time'],
})
export const serverStatus = message('ServerStatusResponse', {
  num_flows: [1, 'u64'],
  max_flows: [2, 'u64'],
  seen_flows: [3, 'u64'],
  uptime_ns: [4, 'u64'],
  num_connected_nodes: [5, 'wrapped u32'],
  num_unavailable_nodes: [6, 'wrapped u32'],
  unavailable_nodes: [7, 'string', 'repeated'],
  version: [8, 'string'],
  flows_rate: [9, 'double'],
})
export const getNodes = message('GetNodesResponse', {
  nodes: [
    1,
    message('Node', {
      name: [1, 'string'],
      version: [2, 'string'],
      address: [3, 'string'],
      state: [4, names(nodeStates)],
      uptime_ns: [6, 'u64'],
      num_flows: [7, 'u64'],
      max_flows: [8, 'u64'],
      seen_flows: [9, 'u64'],
    }),
    'repeated',
  ],
})
