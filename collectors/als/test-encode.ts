import protobuf from 'protobufjs'

/** For tests and benchmarks: the messages by upstream's numbers, encoded by protobufjs, which shares nothing with our reader. */
const proto = `
syntax = "proto3";
message Struct { map<string, Value> fields = 1; }
message Value { oneof kind { int32 null_value = 1; double number_value = 2; string string_value = 3; bool bool_value = 4; Struct struct_value = 5; ListValue list_value = 6; } }
message ListValue { repeated Value values = 1; }
message Any { string type_url = 1; bytes value = 2; }
message BytesValue { bytes value = 1; }
message UInt32Value { uint32 value = 1; }
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Duration { int64 seconds = 1; int32 nanos = 2; }
message Metadata { map<string, Struct> filter_metadata = 1; }
message SocketAddress { uint32 protocol = 1; string address = 2; uint32 port_value = 3; }
message Pipe { string path = 1; }
message EnvoyInternalAddress { string server_listener_name = 1; string endpoint_id = 2; }
message Address { oneof address { SocketAddress socket_address = 1; Pipe pipe = 2; EnvoyInternalAddress envoy_internal_address = 3; } }
message SemanticVersion { uint32 major_number = 1; uint32 minor_number = 2; uint32 patch = 3; }
message BuildVersion { SemanticVersion version = 1; Struct metadata = 2; }
message Node { string id = 1; string cluster = 2; Struct metadata = 3; string user_agent_name = 6; string user_agent_version = 7; BuildVersion user_agent_build_version = 8; }
message Identifier { Node node = 1; string log_name = 2; }
message StreamAccessLogsMessage { Identifier identifier = 1; HTTPLogs http_logs = 2; TCPLogs tcp_logs = 3; }
message HTTPLogs { repeated HTTPAccessLogEntry log_entry = 1; }
message TCPLogs { repeated TCPAccessLogEntry log_entry = 1; }
message HTTPAccessLogEntry { AccessLogCommon common_properties = 1; uint32 protocol_version = 2; HTTPRequestProperties request = 3; HTTPResponseProperties response = 4; }
message TCPAccessLogEntry { AccessLogCommon common_properties = 1; ConnectionProperties connection_properties = 2; }
message ConnectionProperties { uint64 received_bytes = 1; uint64 sent_bytes = 2; }
message AccessLogCommon {
  double sample_rate = 1; Address downstream_remote_address = 2; Address downstream_local_address = 3; TLSProperties tls_properties = 4;
  Timestamp start_time = 5; Duration time_to_last_rx_byte = 6; Duration time_to_last_upstream_tx_byte = 8; Duration time_to_last_upstream_rx_byte = 10; Duration time_to_last_downstream_tx_byte = 12;
  Address upstream_remote_address = 13; Address upstream_local_address = 14; string upstream_cluster = 15; ResponseFlags response_flags = 16;
  Metadata metadata = 17; string upstream_transport_failure_reason = 18; string route_name = 19; Address downstream_direct_remote_address = 20;
  map<string, Any> filter_state_objects = 21; map<string, string> custom_tags = 22; Duration duration = 23; uint32 upstream_request_attempt_count = 24;
  string connection_termination_details = 25; string stream_id = 26; bool intermediate_log_entry = 27;
  uint64 downstream_wire_bytes_sent = 29; uint64 downstream_wire_bytes_received = 30; uint32 access_log_type = 33;
}
message Unauthorized { uint32 reason = 1; }
message ResponseFlags {
  bool no_healthy_upstream = 2; bool upstream_connection_failure = 6; bool upstream_overflow = 8; bool no_route_found = 9; bool delay_injected = 10;
  Unauthorized unauthorized_details = 13; bool downstream_connection_termination = 15; bool upstream_retry_limit_exceeded = 16;
}
message SubjectAltName { oneof san { string uri = 1; string dns = 2; } }
message CertificateProperties { repeated SubjectAltName subject_alt_name = 1; string subject = 2; string issuer = 3; }
message TLSProperties { uint32 tls_version = 1; UInt32Value tls_cipher_suite = 2; string tls_sni_hostname = 3; CertificateProperties local_certificate_properties = 4; CertificateProperties peer_certificate_properties = 5; string tls_session_id = 6; }
message HTTPRequestProperties {
  uint32 request_method = 1; string scheme = 2; string authority = 3; UInt32Value port = 4; string path = 5; string user_agent = 6; string referer = 7;
  string forwarded_for = 8; string request_id = 9; string original_path = 10; uint64 request_headers_bytes = 11; uint64 request_body_bytes = 12; map<string, string> request_headers = 13;
}
message HTTPResponseProperties { UInt32Value response_code = 1; uint64 response_headers_bytes = 2; uint64 response_body_bytes = 3; map<string, string> response_headers = 4; map<string, string> response_trailers = 5; string response_code_details = 6; }
`
const { root } = protobuf.parse(proto, { keepCase: true })

export const encodeAs = (type: string, value: object): Buffer => {
  const message = root.lookupType(type)
  return Buffer.from(message.encode(message.fromObject(value)).finish())
}

export const encodeMessage = (value: object): Buffer => encodeAs('StreamAccessLogsMessage', value)

/** Plain JSON as a Struct. */
export function structOf(object: object): object {
  const fields = Object.fromEntries(Object.entries(object).map(([name, value]) => [name, valueOf(value)]))
  return { fields }
}

function valueOf(value: unknown): object {
  if (typeof value === 'string') return { string_value: value }
  if (typeof value === 'number') return { number_value: value }
  if (typeof value === 'boolean') return { bool_value: value }
  if (Array.isArray(value)) return { list_value: { values: value.map(valueOf) } }
  return { struct_value: structOf(value as object) }
}

export const anyStruct = (object: object): object => ({
  type_url: 'type.googleapis.com/google.protobuf.Struct',
  value: encodeAs('Struct', structOf(object)),
})

export const anyBytes = (bytes: Buffer): object => ({
  type_url: 'type.googleapis.com/google.protobuf.BytesValue',
  value: encodeAs('BytesValue', { value: bytes }),
})

export const socket = (address: string, port_value: number): object => ({ socket_address: { address, port_value } })
export const duration = (ms: number): object => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 })
