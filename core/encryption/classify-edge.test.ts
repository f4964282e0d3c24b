import { describe, expect, it } from 'vitest'
import { edge, external, flows, http, row, workload } from '../world-fixture'
import type { Edge, EdgeRow } from '../world'
import { type EncryptionClass, encryptionClasses, type EncryptionUnit } from './classes'
import { classifyEdge } from './classify-edge'
import type { EncryptionGround } from './ground'
import {
  goldmane,
  ground,
  istio,
  istioTcp,
  linkerd,
  node,
  over,
  peerAuthentication,
  placed,
  pods,
} from './ground-fixture'
import { seatsOf } from './seats'

const [web, cart] = [workload('web'), workload('cart')]

const nodes = [node('n1'), node('n2'), node('n3', '')]
const on = (caller: string, callee: string, proxies: readonly Parameters<typeof pods>[1][] = []): EncryptionGround =>
  ground([placed(web, pods(caller, proxies[0])), placed(cart, pods(callee, proxies[1]))], nodes)
const both = ['sidecar', 'sidecar'] as const

type Case = {
  readonly rows: readonly EdgeRow[]
  readonly ground?: EncryptionGround
  readonly parts?: Partial<Pick<Edge, 'port' | 'protocol' | 'from' | 'to'>>
  readonly unit?: EncryptionUnit
}

const classesOf = ({ rows, ground: known, parts = {}, unit = 'requests' }: Case) => {
  const { from = web, to = cart, ...ports } = parts
  const seats = seatsOf({ ground: known, inventory: [] })
  return classifyEdge(edge(from, to, rows, ports), seats, null).units[unit]
}

const amountsOf = (asked: Case): Partial<Record<EncryptionClass, number>> | null => {
  const found = classesOf(asked)
  if (!found) return null
  const amounts: Partial<Record<EncryptionClass, number>> = {}
  for (const each of encryptionClasses)
    if (found.amounts[each] > 1e-9) amounts[each] = Number(found.amounts[each].toFixed(6))
  return amounts
}

const cases: readonly (readonly [string, Case, Partial<Record<EncryptionClass, number>> | null])[] = [
  ['mTLS by the callee’s proxy', { rows: [istio('mtls', 10)] }, { mtls: 10 }],
  [
    'two reporters of one call are one call',
    { rows: [istio('mtls', 10), istio('mtls', 10, { reporter: 'source' })] },
    { mtls: 10 },
  ],
  [
    'two series of mTLS beside one of plaintext are two thirds (Kiali: a half)',
    {
      rows: [istio('mtls', 10), istio('mtls', 10, { reason: 'other' }), istio('plaintext', 10)],
      ground: on('n1', 'n3'),
    },
    { mtls: 20, plaintext: 10 },
  ],
  [
    'a request that a waypoint told in plaintext is not secure by nature',
    { rows: [istio('plaintext', 10, { reporter: 'waypoint' })], ground: on('n1', 'n3') },
    { plaintext: 10 },
  ],
  [
    'Linkerd’s `disabled` has no reason and is plaintext',
    { rows: [linkerd('plaintext', 10)], ground: on('n1', 'n3') },
    { plaintext: 10 },
  ],
  [
    'Linkerd’s `ingress_without_override` is plaintext',
    { rows: [linkerd('plaintext', 10, 'ingress_without_override', { reporter: 'source' })], ground: on('n1', 'n3') },
    { plaintext: 10 },
  ],
  ['Linkerd’s `opaque` is TLS without an identity', { rows: [linkerd('tls', 10)] }, { tls: 10 }],
  ['the way to an application’s own proxy is no traffic', { rows: [linkerd('plaintext', 10, 'loopback')] }, null],
  ['loopback thins nothing out', { rows: [linkerd('mtls', 10), linkerd('plaintext', 90, 'loopback')] }, { mtls: 10 }],
  [
    'refused attempts are no traffic',
    {
      rows: [
        istio('mtls', 10),
        istio('plaintext', 5, { verdict: 'denied' }),
        istio('unknown', 5, { verdict: 'error' }),
      ],
    },
    { mtls: 10 },
  ],
  [
    'both ztunnels report the same bytes',
    { rows: [istioTcp('mtls', 100), istioTcp('mtls', 100, { reporter: 'source' })], unit: 'bytes' },
    { mtls: 100 },
  ],
  [
    'HTTP and TCP series of one edge: requests',
    { rows: [istio('mtls', 10), istioTcp('plaintext', 100)], ground: on('n1', 'n3') },
    { mtls: 10 },
  ],
  [
    'HTTP and TCP series of one edge: bytes',
    { rows: [istio('mtls', 10), istioTcp('plaintext', 100)], ground: on('n1', 'n3'), unit: 'bytes' },
    { plaintext: 100 },
  ],
  [
    'bytes of the network with TCP in the clear and HTTP in mTLS: nobody tells how much of either',
    { rows: [istio('mtls', 10), istioTcp('plaintext', 100), goldmane(500)], ground: on('n1', 'n3'), unit: 'bytes' },
    { unknown: 500 },
  ],
  [
    'bytes of the network, all of which the proxy tells to be mTLS',
    { rows: [istio('mtls', 10), goldmane(500)], unit: 'bytes' },
    { mtls: 500 },
  ],
  ['no unit, no figure', { rows: [flows(10)], ground: on('n1', 'n2'), unit: 'bytes' }, null],
  [
    'a caller’s proxy that tells nothing is no plaintext',
    { rows: [istio('unknown', 10, { reporter: 'source' })] },
    { unknown: 10 },
  ],
  [
    'both ends meshed and no proxy tells of it',
    { rows: [goldmane(500)], ground: on('n1', 'n3', both), unit: 'bytes' },
    { unknown: 500 },
  ],
  [
    'no mesh, no tunnel, no TLS seen',
    { rows: [goldmane(500)], ground: on('n1', 'n3'), unit: 'bytes' },
    { plaintext: 500 },
  ],
  ['no mesh, both nodes have keys', { rows: [goldmane(500)], ground: on('n1', 'n2'), unit: 'bytes' }, { tunnel: 500 }],
  ['no mesh, on one node', { rows: [goldmane(500)], ground: on('n1', 'n1'), unit: 'bytes' }, { 'same-node': 500 }],
  [
    'one of two meshes at each end',
    { rows: [goldmane(500)], ground: on('n1', 'n3', ['sidecar', 'linkerd']), unit: 'bytes' },
    { plaintext: 500 },
  ],
  ['mTLS over a tunnel is both', { rows: [istio('mtls', 10)], ground: on('n1', 'n2', both) }, { 'mtls+tunnel': 10 }],
  [
    'host network is not taken by a tunnel',
    {
      rows: [goldmane(500)],
      ground: ground([placed(web, pods('n1', 'none', { hostNetwork: true })), placed(cart, pods('n2'))], nodes),
      unit: 'bytes',
    },
    { plaintext: 500 },
  ],
  [
    'a node of which nothing tells has no plaintext',
    { rows: [goldmane(500)], ground: on('n1', 'n9'), unit: 'bytes' },
    { unknown: 500 },
  ],
  [
    'pods on several nodes: what no pair can avoid',
    {
      rows: [goldmane(500)],
      ground: ground([placed(web, pods('n1')), placed(cart, pods('n2'), pods('n3'))], nodes),
      unit: 'bytes',
    },
    { unknown: 500 },
  ],
  [
    'the way of each flow, told by the network, is better than the placement of the window',
    {
      rows: [over('wireguard', flows(30)), over('open', flows(10)), goldmane(400)],
      ground: ground([placed(web, pods('n1')), placed(cart, pods('n2'), pods('n3'))], nodes),
      unit: 'bytes',
    },
    { tunnel: 300, plaintext: 100 },
  ],
  [
    'both layers by different witnesses: only what is certain',
    { rows: [istio('mtls', 60), istio('plaintext', 40), over('wireguard', flows(50)), over('open', flows(50))] },
    { 'mtls+tunnel': 10, mtls: 50, unknown: 40 },
  ],
  [
    'both layers by one witness: row by row',
    {
      rows: [
        over('wireguard', http(50, 0, null, { source: 'als', encryption: 'mtls' })),
        over('open', http(10, 0, null, { source: 'als', encryption: 'mtls' })),
        over('open', http(40, 0, null, { source: 'als', encryption: 'plaintext' })),
      ],
    },
    { 'mtls+tunnel': 50, mtls: 10, plaintext: 40 },
  ],
  [
    'packets that Hubble saw encrypted went through a tunnel, whatever the nodes say',
    { rows: [flows(10, { encryption: 'tunnel' }), goldmane(400)], ground: ground([], []), unit: 'bytes' },
    { tunnel: 400 },
  ],
  [
    'the absence of Hubble’s flag is no plaintext',
    { rows: [flows(10), goldmane(400)], ground: ground([], []), unit: 'bytes' },
    { unknown: 400 },
  ],
  ['what Hubble could read was in plaintext', { rows: [over('open', http(10))] }, { plaintext: 10 }],
  [
    'on a port of TLS Hubble reads what Cilium’s own proxy decrypted (ingress, inspection)',
    { rows: [over('open', http(10))], parts: { port: 443 } },
    { tls: 10 },
  ],
  [
    'a port of TLS towards the outside',
    {
      rows: [goldmane(500)],
      parts: { to: external('api.example.com'), port: 443 },
      ground: on('n1', 'n3'),
      unit: 'bytes',
    },
    { tls: 500 },
  ],
  [
    'any other port towards the outside',
    {
      rows: [goldmane(500)],
      parts: { to: external('api.example.com'), port: 80 },
      ground: on('n1', 'n3'),
      unit: 'bytes',
    },
    { plaintext: 500 },
  ],
  [
    'a server name (SNI) is no evidence: the proxy says unknown',
    { rows: [http(10, 0, null, { source: 'als', reporter: 'source' })], ground: on('n1', 'n3', both) },
    { unknown: 10 },
  ],
  [
    'an unmeshed caller that nobody names',
    {
      rows: [istio('plaintext', 10)],
      parts: { from: { cluster: '', namespace: '', kind: 'Unknown', name: 'unknown' } },
    },
    { unknown: 10 },
  ],
  [
    'its plaintext, where callers are named by flows that were counted already',
    {
      rows: [goldmane(500), row({ source: 'prometheus:istio', encryption: 'plaintext', l7: 'http' }, {})],
      ground: on('n1', 'n3', ['none', 'sidecar']),
      unit: 'bytes',
    },
    { plaintext: 500 },
  ],
  [
    'a proxy that saw it encrypted speaks against what the pods look like',
    { rows: [istio('mtls', 6), istio('unknown', 4)], ground: on('n1', 'n3') },
    { mtls: 6, unknown: 4 },
  ],
  [
    'a callee of which some pods have no proxy: its proxies tell of a part of the bytes',
    {
      rows: [istioTcp('mtls', 100), goldmane(400)],
      ground: ground([placed(web, pods('n1', 'sidecar')), placed(cart, pods('n3', 'sidecar'), pods('n3'))], nodes),
      unit: 'bytes',
    },
    { mtls: 100, unknown: 300 },
  ],
  [
    'HBONE is mutual TLS whoever saw it',
    { rows: [goldmane(500)], parts: { port: 15_008 }, ground: on('n1', 'n3', ['ambient', 'ambient']), unit: 'bytes' },
    { mtls: 500 },
  ],
  [
    'a port of which a PeerAuthentication turns mTLS off, and nobody tells of it',
    {
      rows: [goldmane(500)],
      ground: {
        ...on('n1', 'n3', both),
        intents: [
          peerAuthentication('shop/cart', {
            selector: { matchLabels: { app: 'cart' } },
            portLevelMtls: { 8080: { mode: 'DISABLE' } },
          }),
        ],
      },
      unit: 'bytes',
    },
    { plaintext: 500 },
  ],
  [
    'a port that the callee’s proxy skips',
    {
      rows: [goldmane(500)],
      ground: ground(
        [placed(web, pods('n1', 'sidecar')), placed(cart, pods('n3', 'sidecar', { skipsIn: [8080] }))],
        nodes,
      ),
      unit: 'bytes',
    },
    { plaintext: 500 },
  ],
]

describe('what protected an edge', () => {
  it.each(cases)('%s', (_, asked, expected) => expect(amountsOf(asked)).toEqual(expected))

  it.each(cases)('is the same in any order of rows: %s', (_, asked, expected) =>
    expect(amountsOf({ ...asked, rows: asked.rows.toReversed() })).toEqual(expected),
  )
})
