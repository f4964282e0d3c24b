import protobuf from 'protobufjs'

/** The parts of Hubble's protocol that tests look at, read by a general decoder rather than by the demo's own code. */
const schema = `
syntax = "proto3";
message Response { Flow flow = 1; NodeStatus node_status = 2; Lost lost_events = 3; string node_name = 1000; Time time = 1001; }
message Time { int64 seconds = 1; int32 nanos = 2; }
message NodeStatus { int32 state_change = 1; repeated string node_names = 2; string message = 3; }
message Lost { int32 source = 1; uint64 num_events_lost = 2; }
message Ip { string source = 1; string destination = 2; int32 ipVersion = 3; bool encrypted = 4; }
message Flags { bool FIN = 1; bool SYN = 2; bool RST = 3; bool PSH = 4; bool ACK = 5; }
message Ports { uint32 source_port = 1; uint32 destination_port = 2; Flags flags = 3; }
message L4 { Ports TCP = 1; Ports UDP = 2; }
message Workload { string name = 1; string kind = 2; }
message Endpoint { uint32 ID = 1; uint32 identity = 2; string namespace = 3; repeated string labels = 4; string pod_name = 5; repeated Workload workloads = 6; string cluster_name = 7; }
message Header { string key = 1; string value = 2; }
message Http { uint32 code = 1; string method = 2; string url = 3; string protocol = 4; repeated Header headers = 5; }
message Dns { string query = 1; repeated string ips = 2; uint32 rcode = 6; }
message Kafka { int32 error_code = 1; string api_key = 3; string topic = 5; }
message L7 { int32 type = 1; uint64 latency_ns = 2; Dns dns = 100; Http http = 101; Kafka kafka = 102; }
message EventType { int32 type = 1; int32 sub_type = 2; }
message Bool { bool value = 1; }
message Policy { string name = 1; string namespace = 2; string kind = 5; }
message Flow {
  Time time = 1; int32 verdict = 2; uint32 drop_reason = 3; Ip IP = 5; L4 l4 = 6; Endpoint source = 8; Endpoint destination = 9;
  int32 Type = 10; string node_name = 11; repeated string source_names = 13; repeated string destination_names = 14; L7 l7 = 15;
  EventType event_type = 19; int32 traffic_direction = 22; int32 trace_observation_point = 24; int32 drop_reason_desc = 25;
  Bool is_reply = 26; string uuid = 34; repeated Policy egress_denied_by = 21004; repeated Policy ingress_denied_by = 21005;
}
message Node { string name = 1; string version = 2; string address = 3; int32 state = 4; uint64 num_flows = 7; uint64 max_flows = 8; uint64 seen_flows = 9; }
message Nodes { repeated Node nodes = 1; }
message Count { uint32 value = 1; }
message ServerStatus { uint64 num_flows = 1; uint64 max_flows = 2; uint64 seen_flows = 3; Count num_connected_nodes = 5; Count num_unavailable_nodes = 6; repeated string unavailable_nodes = 7; string version = 8; }
message Request { uint64 number = 1; bool follow = 3; repeated bytes blacklist = 5; Time since = 7; Time until = 8; bool first = 9; }
`
const root = protobuf.parse(schema, { keepCase: true }).root

type End = {
  namespace?: string
  pod_name?: string
  labels?: string[]
  workloads?: { name: string; kind: string }[]
  cluster_name?: string
}
export type ReadFlow = {
  time: { seconds: number; nanos: number }
  verdict: number
  drop_reason?: number
  IP: { source: string; destination: string; encrypted?: boolean }
  l4: { TCP?: Ports; UDP?: Ports }
  source: End
  destination: End
  Type: number
  node_name: string
  destination_names?: string[]
  l7?: {
    type: number
    latency_ns?: number
    http?: { code?: number; url: string; headers: { key: string; value: string }[] }
    dns?: { query: string }
  }
  event_type: { type: number; sub_type?: number }
  traffic_direction?: number
  is_reply?: { value?: boolean }
  uuid: string
  egress_denied_by?: { name: string; namespace: string }[]
}
type Ports = { source_port: number; destination_port: number }
export type ReadResponse = {
  flow?: ReadFlow
  node_status?: { state_change: number; node_names: string[] }
  lost_events?: { source: number; num_events_lost: number }
  node_name?: string
}

/** Reads a message of the schema above; numbers as numbers, absent fields absent. */
export const readMessage = <T>(type: string, data: Uint8Array): T => {
  const message = root.lookupType(type)
  return message.toObject(message.decode(data), { longs: Number }) as T
}

export const readResponse = (data: Uint8Array): ReadResponse => readMessage<ReadResponse>('Response', data)

/** Encodes a GetFlowsRequest; times in milliseconds. */
export function flowsRequest(fields: {
  number?: number
  follow?: boolean
  first?: boolean
  since?: number
  until?: number
  blacklist?: Uint8Array[]
}): Buffer {
  const time = (ms: number | undefined) =>
    ms === undefined ? undefined : { seconds: Math.floor(ms / 1000), nanos: Math.round((ms % 1000) * 1e6) }
  const request = root.lookupType('Request')
  return Buffer.from(
    request.encode(request.fromObject({ ...fields, since: time(fields.since), until: time(fields.until) })).finish(),
  )
}

export const timeOf = (flow: ReadFlow): number => flow.time.seconds * 1000 + (flow.time.nanos ?? 0) / 1e6
