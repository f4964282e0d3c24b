import { encodeMessage, anyStruct, duration, socket, structOf } from '@/collectors/als/test-encode'

const pods = 400
/** As Envoy sends them: about 16 KB, its default buffer. */
const entriesPerMessage = 16
const streams = 50
const messagesPerStream = 20

const appOf = (i: number) => `app-${i >> 2}`
const namespaceOf = (i: number) => `team-${i % 8}`
const podOf = (i: number) => `${appOf(i)}-7d9c5b6f4-${String(i).padStart(5, 'x')}`
const ipOf = (i: number) => `10.0.${i >> 8}.${i & 255}`

const metadataOf = (i: number) => ({
  NAME: podOf(i),
  NAMESPACE: namespaceOf(i),
  WORKLOAD_NAME: appOf(i),
  OWNER: `kubernetes://apis/apps/v1/namespaces/${namespaceOf(i)}/deployments/${appOf(i)}`,
  CLUSTER_ID: 'Kubernetes',
  LABELS: { app: appOf(i), 'service.istio.io/canonical-name': appOf(i), 'service.istio.io/canonical-revision': 'v1' },
})

/** Messages of a few streams to loop over, each first one with its identifier: inbound HTTP entries with mTLS, and outbound ones. */
export function benchMessages(): { readonly streams: readonly (readonly Buffer[])[]; readonly entries: number } {
  return {
    streams: Array.from({ length: streams }, (_, s) =>
      Array.from({ length: messagesPerStream }, (_, m) =>
        encodeMessage({
          ...(m === 0 && { identifier: identifierOf(s) }),
          http_logs: { log_entry: Array.from({ length: entriesPerMessage }, (_, e) => entryOf(s, m * 100 + e)) },
        }),
      ),
    ),
    entries: streams * messagesPerStream * entriesPerMessage,
  }
}

const identifierOf = (i: number) => ({
  node: {
    id: `sidecar~${ipOf(i)}~${podOf(i)}.${namespaceOf(i)}~${namespaceOf(i)}.svc.cluster.local`,
    metadata: structOf(metadataOf(i)),
  },
  log_name: 'http_envoy_accesslog',
})

function entryOf(own: number, n: number): object {
  const peer = (own * 7 + n) % pods
  const isInbound = n % 2 === 0
  const host = `${appOf(peer)}.${namespaceOf(peer)}.svc.cluster.local`
  const port = 40_000 + (n % 20_000)
  const now = Date.now()
  const sides = isInbound
    ? {
        downstream_direct_remote_address: socket(ipOf(peer), port),
        downstream_remote_address: socket(ipOf(peer), port),
        downstream_local_address: socket(ipOf(own), 8080),
        upstream_remote_address: socket(ipOf(own), 8080),
        upstream_local_address: socket('127.0.0.6', port),
        upstream_cluster: 'inbound|8080||',
        tls_properties: tlsOf(own, peer),
        filter_state_objects: { downstream_peer: anyStruct(metadataOf(peer)) },
      }
    : {
        downstream_direct_remote_address: socket(ipOf(own), port),
        downstream_remote_address: socket(ipOf(own), port),
        downstream_local_address: socket(`10.96.${peer >> 8}.${peer & 255}`, 80),
        upstream_remote_address: socket(ipOf(peer), 8080),
        upstream_local_address: socket(ipOf(own), port),
        upstream_cluster: `outbound|80||${host};`,
        filter_state_objects: { upstream_peer: anyStruct(metadataOf(peer)) },
      }
  return {
    common_properties: {
      ...sides,
      start_time: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
      time_to_last_rx_byte: duration(1),
      time_to_last_upstream_tx_byte: duration(2),
      time_to_last_upstream_rx_byte: duration(9),
      time_to_last_downstream_tx_byte: duration(10 + (n % 50)),
      duration: duration(11 + (n % 50)),
      route_name: 'default',
      response_flags: n % 40 === 0 ? { upstream_connection_failure: true } : {},
      upstream_request_attempt_count: 1,
      stream_id: `8f14e45f-ceea-467f-${String(own).padStart(4, '0')}-${String(n).padStart(12, '0')}`,
      downstream_wire_bytes_sent: 1_234,
      downstream_wire_bytes_received: 321,
      access_log_type: 6,
    },
    protocol_version: 2,
    request: {
      request_method: 1,
      scheme: 'http',
      authority: host,
      path: `/products/${n % 100}?page=2`,
      user_agent: 'shop/1.4',
      request_id: `8f14e45f-ceea-467f-a0e6-${String(n).padStart(12, '0')}`,
      request_headers_bytes: 400,
      request_headers: { 'x-envoy-attempt-count': '1' },
    },
    response: {
      response_code: { value: n % 40 === 0 ? 503 : 200 },
      response_headers_bytes: 120,
      response_body_bytes: 900,
      response_code_details: 'via_upstream',
    },
  }
}

const tlsOf = (own: number, peer: number) => ({
  tls_version: 4,
  tls_cipher_suite: { value: 4865 },
  tls_sni_hostname: `outbound_.80_._.${appOf(own)}.${namespaceOf(own)}.svc.cluster.local`,
  local_certificate_properties: { subject_alt_name: [{ uri: uriOf(own) }] },
  peer_certificate_properties: { subject_alt_name: [{ uri: uriOf(peer) }] },
})
const uriOf = (i: number) => `spiffe://cluster.local/ns/${namespaceOf(i)}/sa/${appOf(i)}`
