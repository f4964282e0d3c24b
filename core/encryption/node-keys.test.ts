import { describe, expect, it } from 'vitest'
import type { CiliumNodeObject, NodeObject } from '../inventory/inventory-object'
import { noTunnelSettings } from './host-tunnel'
import { nodeKeysOf } from './node-keys'

const base = { uid: 'u', namespace: '', name: 'n1', createdAt: 0, labels: {}, owner: null }
const node = (annotations: NodeObject['annotations'] = {}): NodeObject => ({
  ...base,
  kind: 'Node',
  annotations,
  addresses: ['192.168.0.1', 'fd00::1'],
})
const ciliumNode = (annotations: NodeObject['annotations'] = {}, ipsecKey = 0): CiliumNodeObject => ({
  ...base,
  kind: 'CiliumNode',
  annotations,
  ipsecKey,
})
const keys = (one?: NodeObject, cilium?: CiliumNodeObject, ciliumRuns = cilium !== undefined) =>
  nodeKeysOf({ cluster: 'c', node: one, cilium, ciliumRuns, settings: noTunnelSettings })

describe('keys of a node', () => {
  it.each([
    ['Calico, IPv4', { 'projectcalico.org/WireguardPublicKey': 'a' }, ['a'], [4]],
    ['Calico, IPv6', { 'projectcalico.org/WireguardPublicKeyV6': 'b' }, ['b'], [6]],
    [
      'Calico, both',
      { 'projectcalico.org/WireguardPublicKey': 'a', 'projectcalico.org/WireguardPublicKeyV6': 'b' },
      ['a', 'b'],
      [4, 6],
    ],
    ['Cilium on the Node', { 'network.cilium.io/wg-pub-key': 'c' }, ['c'], [4, 6]],
    ['Cilium on the Node, older', { 'io.cilium.network.wg-pub-key': 'c' }, ['c'], [4, 6]],
    ['an empty annotation', { 'projectcalico.org/WireguardPublicKey': '' }, [], []],
    ['nothing', {}, [], []],
  ])('are those of %s', (_, annotations, wireguard, wireguardIps) => {
    expect(keys(node(annotations))).toMatchObject({ wireguard, wireguardIps, ips: [4, 6], ipsec: false })
  })

  it('are told by a CiliumNode also where the Node says nothing or cannot be read', () => {
    const cilium = ciliumNode({ 'network.cilium.io/wg-pub-key': 'c' })
    expect(keys(node(), cilium)).toMatchObject({ wireguard: ['c'] })
    expect(keys(undefined, cilium)).toMatchObject({ name: 'n1', wireguard: ['c'], ips: [] })
    expect(keys(node(), ciliumNode({}, 3))).toMatchObject({ ipsec: true, wireguard: [] })
    expect(keys(node(), ciliumNode())).toMatchObject({ ipsec: false, wireguard: [] })
  })

  it('are not known where Cilium runs and its CiliumNode cannot be read, nor without any object', () => {
    expect(keys(node(), undefined, true)).toBeNull()
    expect(keys(node({ 'network.cilium.io/wg-pub-key': 'c' }), undefined, true)).not.toBeNull()
    expect(keys()).toBeNull()
  })
})
