import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decode, one, without } from './test-decode'
import { anyBytes, anyStruct, encodeAs, socket, structOf } from './test-encode'
import {
  cartNode,
  cartPeer,
  gatewayNode,
  http,
  inbound,
  nodeOf,
  outbound,
  request,
  time,
  waypointNode,
  webNode,
  webPeer,
} from './test-samples'

const web = { namespace: 'shop', pod: 'web-7d4b9c5f6-q8zkl', workload: { kind: 'Deployment', name: 'web' } }
const cart = { namespace: 'shop', pod: 'cart-6f9c8d7b5-x2v4q', workload: { kind: 'Deployment', name: 'cart' } }
const cartService = { namespace: 'shop', name: 'cart' }

describe('who called whom', () => {
  it('is told by the sidecar of the callee', () => {
    expect(one(http(cartNode, inbound))).toMatchObject({
      reporter: 'destination',
      from: web,
      to: cart,
      fromIp: '10.0.0.5',
      toIp: '10.0.0.7',
      port: 8000,
      cluster: 'c1',
      protocol: 'tcp',
    })
  })

  it('is told by the sidecar of the caller, with the Service and the port of the pod', () => {
    expect(one(http(webNode, outbound))).toMatchObject({
      reporter: 'source',
      from: web,
      to: { ...cart, service: cartService },
      fromIp: '10.0.0.5',
      toIp: '10.0.0.7',
      port: 8000,
    })
  })

  const ends: readonly [what: string, node: object, common: object, more: object, expected: object][] = [
    [
      'a gateway calls what is behind it',
      gatewayNode,
      { ...outbound, downstream_direct_remote_address: socket('198.51.100.9', 3333) },
      {},
      { reporter: 'source', fromIp: '10.0.0.2', from: { pod: 'ingress-5c6d7f8b9-kk2zl' }, to: cart },
    ],
    [
      'what a gateway itself refuses is a call to the gateway',
      gatewayNode,
      {
        start_time: time,
        downstream_direct_remote_address: socket('198.51.100.9', 3333),
        downstream_local_address: socket('10.0.0.2', 8443),
        tls_properties: { tls_version: 4 },
        response_flags: { no_route_found: true },
      },
      { response: { response_code: { value: 404 } } },
      {
        reporter: 'destination',
        fromIp: '198.51.100.9',
        from: {},
        to: { pod: 'ingress-5c6d7f8b9-kk2zl' },
        port: 8443,
        verdict: 'error',
        reason: 'NR',
        encryption: 'tls',
      },
    ],
    [
      'a waypoint speaks of both sides',
      waypointNode,
      {
        ...without(inbound, 'tls_properties'),
        upstream_cluster: 'inbound-vip|80|http|cart.shop.svc.cluster.local',
        upstream_remote_address: {
          envoy_internal_address: { server_listener_name: 'connect_originate', endpoint_id: '10.0.0.7:8000' },
        },
        downstream_local_address: socket('10.96.0.40', 80),
        filter_state_objects: { downstream_peer: webPeer, upstream_peer: cartPeer },
      },
      {},
      {
        reporter: 'waypoint',
        from: web,
        to: { ...cart, service: cartService },
        fromIp: '10.0.0.5',
        toIp: '10.0.0.7',
        port: 8000,
        encryption: 'unknown',
      },
    ],
    [
      'HBONE gives the port of the outbound cluster',
      webNode,
      { ...outbound, upstream_remote_address: socket('10.0.0.7', 15008) },
      {},
      { toIp: '10.0.0.7', port: 80 },
    ],
    [
      'an east-west gateway is not the callee',
      webNode,
      { ...without(outbound, 'filter_state_objects'), upstream_remote_address: socket('203.0.113.4', 15443) },
      {},
      { toIp: '', port: 80, to: { service: cartService } },
    ],
    [
      'without a peer the Service of the cluster name is the callee',
      webNode,
      without(outbound, 'filter_state_objects'),
      {},
      { to: { service: cartService }, toIp: '10.0.0.7', port: 8000 },
    ],
    [
      'an outside host is named',
      webNode,
      {
        ...without(outbound, 'filter_state_objects'),
        upstream_cluster: 'outbound|443||api.example.com',
        upstream_remote_address: socket('203.0.113.7', 443),
      },
      {},
      { to: { reserved: 'world', names: ['api.example.com'] }, toIp: '203.0.113.7', port: 443 },
    ],
    [
      'what passes through to anywhere is named by its authority',
      webNode,
      {
        ...without(outbound, 'filter_state_objects'),
        upstream_cluster: 'PassthroughCluster',
        upstream_remote_address: socket('203.0.113.7', 80),
      },
      { request: { ...request, authority: 'Api.Example.com:80' } },
      { reporter: 'source', to: { names: ['api.example.com'] }, port: 80 },
    ],
    [
      'without a healthy host the Service that was dialled is the callee',
      webNode,
      {
        ...without(
          outbound,
          'upstream_cluster',
          'upstream_remote_address',
          'upstream_local_address',
          'filter_state_objects',
        ),
        response_flags: { no_healthy_upstream: true },
      },
      { request: { ...request, authority: 'cart' }, response: { response_code: { value: 503 } } },
      {
        reporter: 'source',
        fromIp: '10.0.0.5',
        to: { service: cartService },
        toIp: '10.96.0.40',
        port: 80,
        verdict: 'error',
        reason: 'UH',
        serverErrors: 1,
      },
    ],
    [
      'an inbound cluster without addresses still tells the port',
      cartNode,
      without(inbound, 'downstream_local_address', 'upstream_remote_address'),
      {},
      { port: 8000, toIp: '10.0.0.7' },
    ],
    [
      'the port of a capture listener is not the callee’s',
      cartNode,
      { ...inbound, downstream_local_address: socket('10.0.0.7', 15006) },
      {},
      { port: 8000 },
    ],
    [
      'an old inbound cluster names the Service’s port and the listener the pod’s',
      cartNode,
      { ...inbound, upstream_cluster: 'inbound|80|http|cart.shop.svc.cluster.local' },
      {},
      { port: 8000 },
    ],
    [
      'an Envoy of no mesh is known by its addresses',
      { id: 'front-1', cluster: 'front' },
      {
        start_time: time,
        downstream_direct_remote_address: socket('198.51.100.9', 3333),
        downstream_local_address: socket('10.0.0.30', 8080),
        upstream_remote_address: socket('10.0.0.31', 9000),
        upstream_local_address: socket('10.0.0.30', 45000),
        upstream_cluster: 'backend',
      },
      {},
      { reporter: 'source', from: {}, fromIp: '10.0.0.30', to: {}, toIp: '10.0.0.31', port: 9000 },
    ],
    [
      'an IPv4 address in IPv6’s clothes is an IPv4 address',
      cartNode,
      { ...inbound, downstream_direct_remote_address: socket('::ffff:10.0.0.5', 41234) },
      {},
      { fromIp: '10.0.0.5' },
    ],
    [
      'without metadata the certificate tells the namespace of the caller',
      cartNode,
      without(inbound, 'filter_state_objects'),
      {},
      { from: { namespace: 'shop' }, fromIp: '10.0.0.5' },
    ],
  ]
  it.each(ends)('%s', (_, node, common, more, expected) => {
    expect(one(http(node, common, more))).toMatchObject(expected)
  })

  it('never takes the caller’s address from X-Forwarded-For', () => {
    expect(one(http(cartNode, without(inbound, 'downstream_direct_remote_address'))).fromIp).toBe('')
  })

  it('gives the same objects for the same ends', () => {
    const { observations } = decode(http(webNode, outbound), http(null, { ...outbound, stream_id: 'other' }))
    expect(observations[0]?.from).toBe(observations[1]?.from)
    expect(observations[0]?.to).toBe(observations[1]?.to)
    expect(observations[0]?.key).not.toBe(observations[1]?.key)
  })

  it('names the cluster of a peer in another one', () => {
    const peer = anyStruct({ NAMESPACE: 'shop', NAME: 'cart-0', WORKLOAD_NAME: 'cart', CLUSTER_ID: 'west' })
    expect(one(http(webNode, { ...outbound, filter_state_objects: { upstream_peer: peer } })).to.cluster).toBe('west')
    expect(one(http(webNode, outbound)).to.cluster).toBeUndefined()
  })
})

describe('metadata of peers', () => {
  const upper = { NAMESPACE: 'shop', NAME: 'cart-6f9c8d7b5-x2v4q', WORKLOAD_NAME: 'cart' }
  const owner = (plural: string) => ({ ...upper, OWNER: `kubernetes://apis/apps/v1/namespaces/shop/${plural}/cart` })
  const workload = (kind: string) => ({ workload: { kind, name: 'cart' } })
  const peers: readonly [what: string, any: object, expected: object][] = [
    ['of an owner', anyStruct(owner('statefulsets')), workload('StatefulSet')],
    ['of an owner that Istio has no name for', anyStruct(owner('pods')), workload('Workload')],
    ['in lower case', cartPeer, workload('Deployment')],
    ['as bytes that hold a Struct', anyBytes(encodeAs('Struct', structOf(owner('daemonsets')))), workload('DaemonSet')],
    [
      'as an Any within an Any',
      { type_url: 'type.googleapis.com/google.protobuf.Any', value: encodeAs('Any', anyStruct(owner('jobs'))) },
      workload('Job'),
    ],
    ['as bytes of a flatbuffer', anyBytes(Buffer.from([16, 0, 0, 0, 12, 0, 20, 0, 4, 0, 8, 0])), {}],
    ['that is unknown', anyStruct({ NAMESPACE: 'unknown', WORKLOAD_NAME: 'unknown' }), {}],
  ]
  it.each(peers)('%s', (_, any, expected) => {
    for (const key of ['downstream_peer', 'wasm.downstream_peer']) {
      const { from } = one(
        http(cartNode, { ...without(inbound, 'tls_properties'), filter_state_objects: { [key]: any } }),
      )
      expect(from).toMatchObject(expected)
      if (Object.keys(expected).length === 0) expect(from).toEqual({})
    }
  })
})

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/istio/istio-proxy-node-metadata')
it.skipIf(!existsSync(shared))('reads the node metadata of Istio’s own tests (skipped without ../shared)', () => {
  const text = readFileSync(join(shared, 'client_node_metadata.json.tmpl'), 'utf8')
  const metadata = JSON.parse(`{${text.trim().replace(/,$/, '')}}`) as object
  const node = {
    id: 'sidecar~10.52.0.34~productpage-v1-84975bc778-pxz2w.default~default.svc.cluster.local',
    metadata: structOf(metadata),
  }
  expect(one(http(node, { ...inbound, upstream_cluster: 'inbound|9080||' })).to).toEqual({
    namespace: 'default',
    pod: 'productpage-v1-84975bc778-pxz2w',
    workload: { kind: 'Deployment', name: 'productpage-v1' },
  })
})

it('reads an id of Istio without metadata', () => {
  const { metadata: _, ...node } = nodeOf('sidecar', '10.0.0.7', 'cart-6f9c8d7b5-x2v4q', 'shop', 'cart')
  expect(one(http(node, inbound)).to).toEqual({ namespace: 'shop', pod: 'cart-6f9c8d7b5-x2v4q' })
})
