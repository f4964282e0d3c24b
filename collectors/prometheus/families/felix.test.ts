import { describe, expect, it } from 'vitest'
import type { FamilyContext } from '../family'
import { felix } from './felix'
import { context, onlyFlow, readAll, sampleOf } from './test-samples'

const node = (name: string, annotations: Readonly<Record<string, string>>) => ({ name, addresses: [], annotations })
const own: FamilyContext = {
  ...context,
  nodes: () => [
    node('n1', { 'projectcalico.org/WireguardPublicKey': 'KEY1' }),
    node('n2', { 'projectcalico.org/WireguardPublicKey': 'KEY2', 'projectcalico.org/WireguardPublicKeyV6': 'KEY2V6' }),
    node('n3', {}),
  ],
}
const peer = { hostname: 'host-of-n1', public_key: 'KEY1', peer_key: 'KEY2', peer_endpoint: '192.168.1.2:51820' }
const sent = (labels: Readonly<Record<string, string>> = {}) =>
  sampleOf('wireguard_bytes_sent', { ...peer, ...labels }, 500)
const received = (labels: Readonly<Record<string, string>> = {}) =>
  sampleOf('wireguard_bytes_rcvd', { ...peer, ...labels }, 70)
const read = (...samples: ReturnType<typeof sent>[]) => readAll(felix, samples, [], null, own)
const n = (name: string) => ({ reserved: 'remote-node', node: name })

describe('bytes between nodes', () => {
  it('are WireGuard’s, from and to the nodes that have the keys', () => {
    expect(onlyFlow(read(sent()))).toMatchObject({
      from: n('n1'),
      to: n('n2'),
      reporter: 'source',
      bytesSent: 500,
      port: 51_820,
      protocol: 'udp',
      encryption: 'wireguard',
      verdict: 'allowed',
    })
  })

  it('that were received are of the peer’s edge, so that the two tell of the same one and nothing is counted twice', () => {
    expect(onlyFlow(read(received()))).toMatchObject({
      from: n('n2'),
      to: n('n1'),
      reporter: 'destination',
      bytesSent: 70,
    })
    const there = onlyFlow(read(sampleOf('wireguard_bytes_sent', { public_key: 'KEY2', peer_key: 'KEY1' }, 70)))
    expect(there).toMatchObject({ from: n('n2'), to: n('n1'), reporter: 'source', bytesSent: 70, port: 51_820 })
  })

  it.each([
    ['its IPv6 key', { peer_key: 'KEY2V6' }, n('n2'), ''],
    ['its address where no node has the key', { peer_key: 'OTHER' }, { reserved: 'remote-node' }, '192.168.1.2'],
    [
      'its IPv6 address',
      { peer_key: 'OTHER', peer_endpoint: '[fd00::2]:51821' },
      { reserved: 'remote-node' },
      'fd00::2',
    ],
    ['nothing', { peer_key: 'OTHER', peer_endpoint: '' }, { reserved: 'remote-node' }, ''],
  ])('name a peer by %s', (_name, labels, to, toIp) => {
    expect(onlyFlow(read(sent(labels)))).toMatchObject({ to, toIp })
  })

  it('name the node itself by its host name where no node has its key', () => {
    expect(onlyFlow(read(sent({ public_key: 'OTHER' }))).from).toEqual(n('host-of-n1'))
    expect(onlyFlow(readAll(felix, [sampleOf('wireguard_bytes_sent', {}, 5)], [], { node: 'n9' }, own)).from).toEqual(
      n('n9'),
    )
  })

  it('have the port on which the receiver listens', () => {
    const meta = sampleOf('wireguard_meta', { hostname: 'n1', public_key: 'KEY1', listen_port: '51999' }, 1)
    expect(onlyFlow(read(meta, received())).port).toBe(51_999)
    expect(onlyFlow(read(meta, sent({ peer_endpoint: '192.168.1.2:52000' }))).port).toBe(52_000)
    expect(onlyFlow(read(received())).port).toBe(51_820)
  })
})

describe('facts', () => {
  const handshake = (peer_key: string, seconds: number, to = 1_000_000) =>
    sampleOf('wireguard_latest_handshake_seconds', { ...peer, peer_key }, seconds, { from: to - 1, to })

  it('tell the peers and their oldest handshake; Go’s zero time is never', () => {
    const reader = felix.create(own)
    expect(reader.facts?.()).toEqual({})
    reader.read([handshake('A', -6_795_364_578.87)], [], null)
    expect(reader.facts?.()).toEqual({
      'WireGuard peers': 1,
      'peers without a handshake': 1,
      'oldest handshake': 'never',
    })
    reader.read([handshake('B', 980), handshake('C', 875)], [], null)
    expect(reader.facts?.()).toEqual({
      'WireGuard peers': 3,
      'peers without a handshake': 1,
      'oldest handshake': '125 s ago',
    })
    reader.read([handshake('B', 1_990, 2_000_000)], [], null)
    expect(reader.facts?.()).toEqual({
      'WireGuard peers': 1,
      'peers without a handshake': 0,
      'oldest handshake': '10 s ago',
    })
  })
})

describe('readings', () => {
  it('name the node by its key, and tell a peer that never answered', () => {
    const reader = felix.create(own)
    const shaken = (peer_key: string, seconds: number) =>
      sampleOf('wireguard_latest_handshake_seconds', { ...peer, peer_key }, seconds, { from: 0, to: 1_000_000 })
    reader.read([shaken('KEY2', 875), shaken('KEY3', -6_795_364_578.87)], [], null)
    const reading = { cluster: context.cluster, node: 'n1', readAt: 1_000_000 }
    expect(reader.readings?.()).toEqual({
      tunnels: [
        { ...reading, peerKey: 'KEY2', handshakeAt: 875_000 },
        { ...reading, peerKey: 'KEY3', handshakeAt: null },
      ],
      certificates: [],
    })
    expect(reader.readings?.().tunnels).toEqual([])
  })
})

describe('discovery', () => {
  const pod = {
    namespace: 'calico-system',
    name: 'calico-node-x',
    ips: [],
    node: 'n1',
    labels: { 'k8s-app': 'calico-node' },
    annotations: {},
    ports: [],
    workload: null,
  }

  it('asks only where Felix was told to serve metrics', () => {
    expect(felix.scrapeOf(pod)).toBeNull()
    const annotations = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9091' }
    expect(felix.scrapeOf({ ...pod, annotations })).toEqual({ port: 9091, path: '/metrics' })
    expect(felix.scrapeOf({ ...pod, ports: [{ name: 'felix-metrics', port: 9091 }] })).toEqual({
      port: 9091,
      path: '/metrics',
    })
    expect(felix.scrapeOf({ ...pod, labels: {}, annotations })).toBeNull()
  })
})
