import { describe } from 'vitest'
import { flows, http } from '../world-fixture'
import { type Case, checkCases, both, on } from './testing-cases'
import { goldmane, ground, istio, istioTcp, linkerd, over } from './ground-fixture'

const cases: readonly Case[] = [
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
    'a server name (SNI) is no evidence: the proxy says unknown',
    { rows: [http(10, 0, null, { source: 'als', reporter: 'source' })], ground: on('n1', 'n3', both) },
    { unknown: 10 },
  ],
  [
    'HBONE is mutual TLS whoever saw it',
    { rows: [goldmane(500)], parts: { port: 15_008 }, ground: on('n1', 'n3', ['ambient', 'ambient']), unit: 'bytes' },
    { mtls: 500 },
  ],
]

describe('what protected an edge, as its witnesses tell it', () => checkCases(cases))
