import { flagNames } from './flags'
import type { JsonMap } from './encode-json'
import { flagFields } from './schema'

/**
 * A line of Envoy's text log in JSON (Istio's `accessLogEncoding: JSON`) as protojson of an entry; null
 * for what is none. It tells neither which proxy wrote it nor anything of TLS.
 */
export function entryOfTextLog(line: JsonMap): { readonly kind: 'http' | 'tcp'; readonly entry: JsonMap } | null {
  const text = (name: string): string => {
    const value = line[name]
    if (typeof value === 'number') return String(value)
    return typeof value === 'string' && value !== '-' ? value : ''
  }
  if (!text('start_time') || !('response_flags' in line || 'upstream_cluster' in line)) return null
  const isHttp = text('method') !== ''
  const durationMs = text('duration')
  const forwarded = text('x_forwarded_for') !== ''
  const common = {
    start_time: text('start_time'),
    ...(/^\d+$/.test(durationMs) && { duration: seconds(Number(durationMs)) }),
    downstream_local_address: addressOf(text('downstream_local_address')),
    // Without the header the caller's address is the connection's.
    downstream_remote_address: addressOf(text('downstream_remote_address')),
    downstream_direct_remote_address: forwarded ? undefined : addressOf(text('downstream_remote_address')),
    upstream_remote_address: addressOf(text('upstream_host')),
    upstream_local_address: addressOf(text('upstream_local_address')),
    upstream_cluster: text('upstream_cluster'),
    route_name: text('route_name'),
    response_flags: flagsOf(text('response_flags')),
    upstream_transport_failure_reason: text('upstream_transport_failure_reason'),
    connection_termination_details: text('connection_termination_details'),
    tls_properties: { tls_sni_hostname: text('requested_server_name') },
  }
  const received = text('bytes_received')
  const sent = text('bytes_sent')
  if (!isHttp) {
    const connection_properties = { received_bytes: received, sent_bytes: sent }
    return { kind: 'tcp', entry: { common_properties: common, connection_properties } }
  }
  const request = {
    request_method: text('method'),
    authority: text('authority'),
    path: text('path'),
    user_agent: text('user_agent'),
    request_id: text('request_id'),
    forwarded_for: text('x_forwarded_for'),
    request_body_bytes: received,
  }
  const response = {
    response_code: text('response_code'),
    response_code_details: text('response_code_details'),
    response_body_bytes: sent,
  }
  return {
    kind: 'http',
    entry: { common_properties: common, protocol_version: versions.get(text('protocol')), request, response },
  }
}

const versions: ReadonlyMap<string, string> = new Map([
  ['HTTP/1.0', 'HTTP10'],
  ['HTTP/1.1', 'HTTP11'],
  ['HTTP/2', 'HTTP2'],
  ['HTTP/3', 'HTTP3'],
])

const seconds = (ms: number) => `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}s`

/** `10.0.0.1:80`, `[fd00::1]:80`, `envoy://connect_originate/10.0.0.1:80`. */
function addressOf(text: string): JsonMap | undefined {
  const internal = /^envoy:\/\/([^/]*)\/(.*)$/.exec(text)
  if (internal) {
    return { envoy_internal_address: { server_listener_name: internal[1] ?? '', endpoint_id: internal[2] ?? '' } }
  }
  const [, bracketed, plain, port = '0'] = /^(?:\[([0-9a-fA-F:.]+)\]|([\d.]+)):(\d{1,5})$/.exec(text) ?? []
  const ip = bracketed ?? plain
  return ip === undefined ? undefined : { socket_address: { address: ip, port_value: Number(port) } }
}

function flagsOf(text: string): JsonMap {
  const flags = Object.create(null) as { [name: string]: unknown }
  for (const short of text.split(',')) {
    const name = flagFields[flagNames.indexOf(short)]
    if (short && name) flags[name] = name === 'unauthorized_details' ? { reason: 'EXTERNAL_SERVICE' } : true
  }
  return flags
}
