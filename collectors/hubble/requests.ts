import protobuf from 'protobufjs/minimal.js'

/**
 * What the rules and the flow table use. Left out: Ethernet addresses, the deprecated Summary, and
 * extensions. The paths are known to every server that reads a mask; older ones skip the field.
 */
const maskPaths: readonly string[] = [
  'time',
  'uuid',
  'verdict',
  'drop_reason',
  'drop_reason_desc',
  'IP',
  'l4',
  'source',
  'destination',
  'Type',
  'node_name',
  'source_names',
  'destination_names',
  'l7',
  'reply',
  'is_reply',
  'event_type',
  'source_service',
  'destination_service',
  'traffic_direction',
  'policy_match_type',
  'trace_observation_point',
  'trace_reason',
  'interface',
  'proxy_port',
  'trace_context',
  'sock_xlate_point',
  'socket_cookie',
  'cgroup_id',
  'auth_type',
  'egress_allowed_by',
  'ingress_allowed_by',
  'egress_denied_by',
  'ingress_denied_by',
]

/** GetFlowsRequest: everything since a time (milliseconds), and what comes. Without `since`, only what comes. */
export function getFlowsRequest(since: number | null, masked: boolean): Buffer {
  const writer = protobuf.Writer.create()
  writer.uint32(24).bool(true)
  if (since !== null) {
    const seconds = Math.floor(since / 1000)
    writer.uint32(58).fork()
    writer.uint32(8).int64(seconds)
    writer.uint32(16).int32(Math.round((since - seconds * 1000) * 1e6))
    writer.ldelim()
  }
  if (masked) {
    writer.uint32(82).fork()
    for (const path of maskPaths) writer.uint32(10).string(path)
    writer.ldelim()
  }
  return Buffer.from(writer.finish())
}
