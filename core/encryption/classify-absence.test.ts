import { describe } from 'vitest'
import { external, row } from '../world-fixture'
import { type Case, checkCases, both, cart, nodes, on, web } from './testing-cases'
import { goldmane, ground, istio, istioTcp, peerAuthentication, placed, pods } from './ground-fixture'

const cases: readonly Case[] = [
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
  [
    'one of two meshes at each end',
    { rows: [goldmane(500)], ground: on('n1', 'n3', ['sidecar', 'linkerd']), unit: 'bytes' },
    { plaintext: 500 },
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

describe('what protected an edge of which no proxy tells', () => checkCases(cases))
