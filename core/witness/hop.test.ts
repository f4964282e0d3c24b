import { describe, expect, it } from 'vitest'
import type { IpVersion, NodeKeys } from '../encryption/ground'
import { unknownHost } from '../encryption/host-tunnel'
import { hopOf, ipVersion, outsidePlace, type Place } from './hop'
import type { Hop } from '../verdict'

const node = (more: Partial<NodeKeys> = {}): NodeKeys => ({
  cluster: 'c',
  name: 'n',
  ips: [4],
  wireguard: [],
  wireguardIps: [],
  ipsec: false,
  host: unknownHost,
  ...more,
})
const keyed = (...versions: IpVersion[]) => node({ wireguard: ['k'], wireguardIps: versions, ips: versions })
const nodes: Readonly<Record<string, NodeKeys>> = {
  v4: keyed(4),
  v4b: keyed(4),
  v6: keyed(6),
  v6b: keyed(6),
  dual: keyed(4, 6),
  'v6 of two': node({ wireguard: ['k'], wireguardIps: [6], ips: [4, 6] }),
  'v6 of two, b': node({ wireguard: ['k'], wireguardIps: [6], ips: [4, 6] }),
  bare: node(),
  ipsec: node({ ipsec: true }),
  'ipsec b': node({ ipsec: true }),
}
const pod = (on: string, cluster = 'c'): Place => ({ at: 'pod', cluster, node: on })
const host = (on: string): Place => ({ at: 'host', cluster: 'c', node: on })
const hop = (from: Place | null, to: Place | null, ip: IpVersion | null = 4) =>
  hopOf(from, to, (_, name) => nodes[name] ?? null, ip)

describe('the way between two nodes', () => {
  const cases: [string, Place | null, Place | null, IpVersion | null, Hop][] = [
    ['pods on one node', pod('v4'), pod('v4'), 4, 'same-node'],
    ['pods on one node of which nothing is known', pod('new'), pod('new'), 4, 'same-node'],
    ['a pod and its own host', host('v4'), pod('v4'), 4, 'same-node'],
    ['nodes of one name in two clusters', pod('v4'), pod('v4', 'd'), 4, 'unknown'],
    ['a keyless node of another cluster', pod('v4'), pod('bare', 'd'), 4, 'open'],
    ['two nodes with keys', pod('v4'), pod('v4b'), 4, 'wireguard'],
    ['one node without a key', pod('v4'), pod('bare'), 4, 'open'],
    ['two nodes without keys', pod('bare'), pod('v4'), 4, 'open'],
    ['host network at the caller, between keyed nodes', host('v4'), pod('v4b'), 4, 'unknown'],
    ['host network at the callee, between keyed nodes', pod('v4'), host('v4b'), 4, 'unknown'],
    ['host network, and one node without a key', host('v4'), pod('bare'), 4, 'open'],
    ['an outside callee', pod('v4'), outsidePlace, 4, 'open'],
    ['an outside caller of a pod that nobody placed', outsidePlace, null, 4, 'open'],
    ['a caller that nobody placed', null, pod('v4'), 4, 'unknown'],
    ['a callee that nobody placed, from a keyless node', pod('bare'), null, 4, 'unknown'],
    ['a node of which nothing is known', pod('v4'), pod('new'), 4, 'unknown'],
    ['IPv4 between nodes with keys for IPv6 only', pod('v6'), pod('v6b'), 4, 'open'],
    ['IPv6 between nodes with keys for IPv6 only', pod('v6'), pod('v6b'), 6, 'wireguard'],
    ['IPv6 between nodes of which one has a key for IPv4 only', pod('v4'), pod('dual'), 6, 'open'],
    ['no version told, and every one is taken', pod('v4'), pod('v4b'), null, 'wireguard'],
    ['no version told, and only one of two is taken', pod('v6 of two'), pod('v6 of two, b'), null, 'unknown'],
    ['no version told, and none is taken', pod('bare'), pod('v4'), null, 'open'],
    ['IPsec on both', pod('ipsec'), pod('ipsec b'), 6, 'ipsec'],
    ['IPsec on one and WireGuard on the other', pod('ipsec'), pod('v4'), 4, 'open'],
  ]
  it.each(cases)('of %s', (_, from, to, ip, expected) => {
    expect(hop(from, to, ip)).toBe(expected)
    expect(hop(to, from, ip)).toBe(expected)
  })

  const telling = (host: NodeKeys['host']) => ({ ...keyed(4), host })
  const told: Readonly<Record<string, NodeKeys>> = {
    takes: telling({ withHosts: true, toPods: true, fromPods: true }),
    'takes, b': telling({ withHosts: true, toPods: true, fromPods: true }),
    leaves: telling({ withHosts: false, toPods: false, fromPods: false }),
    half: telling({ withHosts: false, toPods: null, fromPods: false }),
    untold: keyed(4),
    bare: node(),
  }
  it.each<[string, Place, Place, Hop]>([
    ['two hosts that are taken', host('takes'), host('takes, b'), 'wireguard'],
    ['a host that is taken and a pod', host('takes'), pod('takes, b'), 'wireguard'],
    ['a pod and a host that is taken', pod('takes'), host('takes, b'), 'wireguard'],
    ['two hosts of which one is left out', host('takes'), host('leaves'), 'open'],
    ['a host that is left out and a pod', host('leaves'), pod('takes'), 'open'],
    ['a pod and a host that is left out', pod('takes'), host('leaves'), 'open'],
    ['a host that is taken and a pod at a node that is left out', host('takes'), pod('leaves'), 'unknown'],
    ['a host that is left out for pods’ calls only, as caller', host('half'), pod('takes'), 'unknown'],
    ['a host that is left out for pods’ calls only, as callee', pod('takes'), host('half'), 'open'],
    ['a host that is taken and a host of which nothing is told', host('takes'), host('untold'), 'unknown'],
    ['pods, whatever is told of hosts', pod('leaves'), pod('untold'), 'wireguard'],
    ['a host that is taken and a node without a key', host('takes'), pod('bare'), 'open'],
  ])('follows what settings tell of %s', (_, from, to, expected) => {
    expect(hopOf(from, to, (_cluster, name) => told[name] ?? null, 4)).toBe(expected)
  })

  it('takes IPv4 for what it is, however it is written', () => {
    expect(['10.0.0.1', '::ffff:10.0.0.1', 'fd00::1', '', 'host'].map(ipVersion)).toEqual([4, 4, 6, null, null])
  })
})
