import { anyStruct, duration, socket, structOf } from './test-encode'

/** For tests: proxies and entries of a small shop in a mesh. */
export const time = { seconds: 1_790_000_000, nanos: 250_000_000 }
export const timeMs = 1_790_000_000_250

const metadata = (pod: string, namespace: string, workload: string) => ({
  NAME: pod,
  NAMESPACE: namespace,
  WORKLOAD_NAME: workload,
  OWNER: `kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/${workload}`,
  CLUSTER_ID: 'east',
  ISTIO_VERSION: '1.27.1',
  LABELS: { app: workload },
})

export const nodeOf = (type: string, ip: string, pod: string, namespace: string, workload: string) => ({
  id: `${type}~${ip}~${pod}.${namespace}~${namespace}.svc.cluster.local`,
  cluster: `${workload}.${namespace}`,
  metadata: structOf(metadata(pod, namespace, workload)),
  user_agent_build_version: { version: { major_number: 1, minor_number: 35, patch: 3 } },
})

export const cartNode = nodeOf('sidecar', '10.0.0.7', 'cart-6f9c8d7b5-x2v4q', 'shop', 'cart')
export const webNode = nodeOf('sidecar', '10.0.0.5', 'web-7d4b9c5f6-q8zkl', 'shop', 'web')
export const gatewayNode = nodeOf('router', '10.0.0.2', 'ingress-5c6d7f8b9-kk2zl', 'istio-system', 'ingress')
export const waypointNode = nodeOf('waypoint', '10.0.0.9', 'waypoint-55d9c8f7b-zz4kp', 'shop', 'waypoint')

export const webPeer = anyStruct(metadata('web-7d4b9c5f6-q8zkl', 'shop', 'web'))
export const cartPeer = anyStruct({
  namespace: 'shop',
  workload: 'cart',
  name: 'cart-6f9c8d7b5-x2v4q',
  type: 'deployment',
  cluster: 'east',
  app: 'cart',
})

export const webUri = 'spiffe://cluster.local/ns/shop/sa/web'
export const mutualTls = {
  tls_version: 4,
  tls_sni_hostname: 'outbound_.8000_._.cart.shop.svc.cluster.local',
  peer_certificate_properties: { subject_alt_name: [{ uri: webUri }] },
  tls_session_id: 'c2Vzc2lvbg',
}

/** web → cart, as cart's sidecar logs it. */
export const inbound = {
  start_time: time,
  duration: duration(12),
  time_to_last_downstream_tx_byte: duration(11.5),
  downstream_direct_remote_address: socket('10.0.0.5', 41234),
  downstream_remote_address: socket('198.51.100.9', 0),
  downstream_local_address: socket('10.0.0.7', 8000),
  upstream_remote_address: socket('10.0.0.7', 8000),
  upstream_local_address: socket('127.0.0.6', 40001),
  upstream_cluster: 'inbound|8000||',
  tls_properties: mutualTls,
  filter_state_objects: { downstream_peer: webPeer },
  stream_id: '6d1f0b3e-5a55-4b57-9d3b-0a6a4a1d0001',
  access_log_type: 6,
}

/** web → cart, as web's sidecar logs it. */
export const outbound = {
  start_time: time,
  duration: duration(14),
  time_to_last_downstream_tx_byte: duration(13),
  downstream_direct_remote_address: socket('10.0.0.5', 50011),
  downstream_local_address: socket('10.96.0.40', 80),
  upstream_remote_address: socket('10.0.0.7', 8000),
  upstream_local_address: socket('10.0.0.5', 41234),
  upstream_cluster: 'outbound|80||cart.shop.svc.cluster.local;',
  filter_state_objects: { upstream_peer: cartPeer },
  stream_id: '6d1f0b3e-5a55-4b57-9d3b-0a6a4a1d0002',
  access_log_type: 6,
}

export const request = {
  request_method: 1,
  authority: 'cart.shop',
  path: '/items?token=s3cret&page=2',
  request_id: 'r-1',
}
export const ok = { response_code: { value: 200 } }

export const http = (node: object | null, common: object, more: object = {}) => ({
  ...(node && { identifier: { node, log_name: 'http_envoy_accesslog' } }),
  http_logs: { log_entry: [{ common_properties: common, protocol_version: 2, request, response: ok, ...more }] },
})

export const tcp = (node: object, common: object, connection_properties: object | undefined) => ({
  identifier: { node, log_name: 'tcp_envoy_accesslog' },
  tcp_logs: { log_entry: [{ common_properties: common, connection_properties }] },
})
