import { flagNames } from './flags'

/** How one field is written and shown. `duration`: shown as milliseconds; `address`: as `ip:port`; `any`: a Struct within, else its type. */
export type FieldType =
  | 'u32'
  | 'u64'
  | 'bool'
  | 'string'
  | 'double'
  | 'time'
  | 'duration'
  | 'wrapped'
  | 'address'
  | 'flags'
  | 'struct'
  | 'any'
  | 'texts'
  | 'anys'
  | 'structs'
  | readonly string[]
  | Message

export type Field = { readonly id: number; readonly name: string; readonly type: FieldType; readonly repeated: boolean }
export type Message = { readonly byId: ReadonlyMap<number, Field>; readonly fields: readonly Field[] }

/** `[number, name, type]`, and `repeated` where it is. */
type Row = readonly [id: number, name: string, type: FieldType, repeated?: 'repeated']

const message = (...rows: readonly Row[]): Message => {
  const fields = rows.map(([id, name, type, repeated]) => ({ id, name, type, repeated: repeated !== undefined }))
  return { fields, byId: new Map(fields.map((field) => [field.id, field])) }
}

const tlsVersions = ['VERSION_UNSPECIFIED', 'TLSv1', 'TLSv1_1', 'TLSv1_2', 'TLSv1_3']
export const logTypes = [
  'NotSet',
  'TcpUpstreamConnected',
  'TcpPeriodic',
  'TcpConnectionEnd',
  'DownstreamStart',
  'DownstreamPeriodic',
  'DownstreamEnd',
  'UpstreamPoolReady',
  'UpstreamPeriodic',
  'UpstreamEnd',
  'DownstreamTunnelSuccessfullyEstablished',
  'UdpTunnelUpstreamConnected',
  'UdpPeriodic',
  'UdpSessionEnd',
] as const
/** By number, of RequestMethod. */
export const methodNames: readonly string[] = [
  'METHOD_UNSPECIFIED',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
]
const versions = ['PROTOCOL_UNSPECIFIED', 'HTTP10', 'HTTP11', 'HTTP2', 'HTTP3']

const socketAddress = message([1, 'protocol', ['TCP', 'UDP']], [2, 'address', 'string'], [3, 'port_value', 'u32'])
const internalAddress = message([1, 'server_listener_name', 'string'], [2, 'endpoint_id', 'string'])
/** core.v3.Address. */
export const address = message(
  [1, 'socket_address', socketAddress],
  [2, 'pipe', message([1, 'path', 'string'])],
  [3, 'envoy_internal_address', internalAddress],
)

const certificate = message(
  [1, 'subject_alt_name', message([1, 'uri', 'string'], [2, 'dns', 'string']), 'repeated'],
  [2, 'subject', 'string'],
  [3, 'issuer', 'string'],
)

const tlsProperties = message(
  [1, 'tls_version', tlsVersions],
  [2, 'tls_cipher_suite', 'wrapped'],
  [3, 'tls_sni_hostname', 'string'],
  [4, 'local_certificate_properties', certificate],
  [5, 'peer_certificate_properties', certificate],
  [6, 'tls_session_id', 'string'],
  [7, 'ja3_fingerprint', 'string'],
)

/** Names of ResponseFlags' fields in protojson, by their number; 13 is a message of its own. */
export const flagFields: readonly string[] = [
  '',
  'failed_local_healthcheck no_healthy_upstream upstream_request_timeout local_reset upstream_remote_reset',
  'upstream_connection_failure upstream_connection_termination upstream_overflow no_route_found delay_injected',
  'fault_injected rate_limited unauthorized_details rate_limit_service_error downstream_connection_termination',
  'upstream_retry_limit_exceeded stream_idle_timeout invalid_envoy_request_headers downstream_protocol_error',
  'upstream_max_stream_duration_reached response_from_cache_filter no_filter_config_found duration_timeout',
  'upstream_protocol_error no_cluster_found overload_manager dns_resolution_failure downstream_remote_reset',
].flatMap((line) => line.split(' '))

export const flagName = (number: number): string => flagNames[number] ?? `#${number}`

const common = message(
  [1, 'sample_rate', 'double'],
  [2, 'downstream_remote_address', 'address'],
  [3, 'downstream_local_address', 'address'],
  [4, 'tls_properties', tlsProperties],
  [5, 'start_time', 'time'],
  [6, 'time_to_last_rx_byte', 'duration'],
  [7, 'time_to_first_upstream_tx_byte', 'duration'],
  [8, 'time_to_last_upstream_tx_byte', 'duration'],
  [9, 'time_to_first_upstream_rx_byte', 'duration'],
  [10, 'time_to_last_upstream_rx_byte', 'duration'],
  [11, 'time_to_first_downstream_tx_byte', 'duration'],
  [12, 'time_to_last_downstream_tx_byte', 'duration'],
  [13, 'upstream_remote_address', 'address'],
  [14, 'upstream_local_address', 'address'],
  [15, 'upstream_cluster', 'string'],
  [16, 'response_flags', 'flags'],
  [17, 'metadata', message([1, 'filter_metadata', 'structs'])],
  [18, 'upstream_transport_failure_reason', 'string'],
  [19, 'route_name', 'string'],
  [20, 'downstream_direct_remote_address', 'address'],
  [21, 'filter_state_objects', 'anys'],
  [22, 'custom_tags', 'texts'],
  [23, 'duration', 'duration'],
  [24, 'upstream_request_attempt_count', 'u32'],
  [25, 'connection_termination_details', 'string'],
  [26, 'stream_id', 'string'],
  [27, 'intermediate_log_entry', 'bool'],
  [28, 'downstream_transport_failure_reason', 'string'],
  [29, 'downstream_wire_bytes_sent', 'u64'],
  [30, 'downstream_wire_bytes_received', 'u64'],
  [31, 'upstream_wire_bytes_sent', 'u64'],
  [32, 'upstream_wire_bytes_received', 'u64'],
  [33, 'access_log_type', logTypes],
)

const request = message(
  [1, 'request_method', methodNames],
  [2, 'scheme', 'string'],
  [3, 'authority', 'string'],
  [4, 'port', 'wrapped'],
  [5, 'path', 'string'],
  [6, 'user_agent', 'string'],
  [7, 'referer', 'string'],
  [8, 'forwarded_for', 'string'],
  [9, 'request_id', 'string'],
  [10, 'original_path', 'string'],
  [11, 'request_headers_bytes', 'u64'],
  [12, 'request_body_bytes', 'u64'],
  [13, 'request_headers', 'texts'],
  [14, 'upstream_header_bytes_sent', 'u64'],
  [15, 'downstream_header_bytes_received', 'u64'],
)

const response = message(
  [1, 'response_code', 'wrapped'],
  [2, 'response_headers_bytes', 'u64'],
  [3, 'response_body_bytes', 'u64'],
  [4, 'response_headers', 'texts'],
  [5, 'response_trailers', 'texts'],
  [6, 'response_code_details', 'string'],
  [7, 'upstream_header_bytes_received', 'u64'],
  [8, 'downstream_header_bytes_sent', 'u64'],
)

/** data.accesslog.v3.HTTPAccessLogEntry; v2 has the same numbers. */
export const httpEntry = message(
  [1, 'common_properties', common],
  [2, 'protocol_version', versions],
  [3, 'request', request],
  [4, 'response', response],
)

/** data.accesslog.v3.TCPAccessLogEntry. */
export const tcpEntry = message(
  [1, 'common_properties', common],
  [2, 'connection_properties', message([1, 'received_bytes', 'u64'], [2, 'sent_bytes', 'u64'])],
)

const semanticVersion = message([1, 'major_number', 'u32'], [2, 'minor_number', 'u32'], [3, 'patch', 'u32'])
const node = message(
  [1, 'id', 'string'],
  [2, 'cluster', 'string'],
  [3, 'metadata', 'struct'],
  [7, 'user_agent_version', 'string'],
  [8, 'user_agent_build_version', message([1, 'version', semanticVersion])],
)

/** service.accesslog.v3.StreamAccessLogsMessage. */
export const streamMessage = message(
  [1, 'identifier', message([1, 'node', node], [2, 'log_name', 'string'])],
  [2, 'http_logs', message([1, 'log_entry', httpEntry, 'repeated'])],
  [3, 'tcp_logs', message([1, 'log_entry', tcpEntry, 'repeated'])],
)
