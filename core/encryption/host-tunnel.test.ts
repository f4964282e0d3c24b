import { describe, expect, it } from 'vitest'
import type { CiliumConfigObject, FelixConfigurationObject, Labels } from '../inventory/inventory-object'
import { buildGround } from './build-ground'
import type { HostTunnel } from './ground'
import { calicoHost, ciliumHost } from './host-tunnel'

const base = { uid: 'u', createdAt: 0, labels: {}, annotations: {}, owner: null }
const cilium = (settings: Labels): CiliumConfigObject => ({
  ...base,
  kind: 'CiliumConfig',
  namespace: 'kube-system',
  name: 'cilium-config',
  settings,
})
const felix = (name: string, hostEncryption: boolean | null): FelixConfigurationObject => ({
  ...base,
  kind: 'FelixConfiguration',
  namespace: '',
  uid: name,
  name,
  hostEncryption,
})
/** With hosts, to pods, from pods. */
const told = ({ withHosts, toPods, fromPods }: HostTunnel) => [withHosts, toPods, fromPods]
const nothing = [null, null, null]
const all = [true, true, true]
const none = [false, false, false]

const wireguard = { 'enable-wireguard': 'true' }
const hosts = { ...wireguard, 'encrypt-node': 'true' }
const native = { 'routing-mode': 'native' }
const worker = { zone: 'a' }
const controlPlane = { 'node-role.kubernetes.io/control-plane': '' }

describe('what Cilium’s tunnel does with the host network', () => {
  it.each<[string, Labels, Labels | null, 'wireguard' | 'ipsec', unknown]>([
    ['takes it with encrypt-node', hosts, worker, 'wireguard', all],
    ['leaves out a control plane with it', { ...hosts, ...native }, controlPlane, 'wireguard', none],
    [
      'takes a control plane where nobody opts out',
      { ...hosts, 'node-encryption-opt-out-labels': '' },
      controlPlane,
      'wireguard',
      all,
    ],
    [
      'leaves out who opts out by another label',
      { ...hosts, ...native, 'node-encryption-opt-out-labels': 'zone=a' },
      worker,
      'wireguard',
      none,
    ],
    [
      'is unknown of a selector that is not understood',
      { ...hosts, 'node-encryption-opt-out-labels': 'zone in (a)' },
      worker,
      'wireguard',
      nothing,
    ],
    ['is unknown of a node whose labels are not read', hosts, null, 'wireguard', nothing],
    [
      'leaves it out where encrypt-node is off',
      { ...wireguard, 'encrypt-node': 'false', ...native },
      worker,
      'wireguard',
      none,
    ],
    [
      'leaves it out where nothing is said of encrypt-node',
      { ...wireguard, tunnel: 'disabled' },
      worker,
      'wireguard',
      none,
    ],
    ['is unknown of pods that are encapsulated', wireguard, worker, 'wireguard', [false, null, null]],
    [
      'is unknown with a host firewall over encapsulation',
      { ...wireguard, 'enable-host-firewall': 'true' },
      worker,
      'wireguard',
      nothing,
    ],
    ['is unknown of what is no yes or no', { ...wireguard, 'encrypt-node': 'maybe' }, worker, 'wireguard', nothing],
    [
      'is unknown where a key is left of a tunnel that is off',
      { 'enable-wireguard': 'false', ...native },
      worker,
      'wireguard',
      nothing,
    ],
    ['leaves it out with IPsec', { 'enable-ipsec': 'true', ...native }, worker, 'ipsec', none],
    [
      'is unknown with IPsec and encrypt-node',
      { 'enable-ipsec': 'true', 'encrypt-node': 'true', ...native },
      worker,
      'ipsec',
      nothing,
    ],
  ])('%s', (_, settings, labels, by, expected) => {
    expect(told(ciliumHost(cilium(settings), labels, by))).toEqual(expected)
  })

  it('is unknown without its ConfigMap', () => {
    expect(told(ciliumHost(undefined, worker, 'wireguard'))).toEqual(nothing)
  })
})

describe('what Calico’s tunnel does with the host network', () => {
  it.each([
    ['takes it where told so', [felix('default', true)], all],
    ['leaves it out where told so, but for what a host asks of pods', [felix('default', false)], [false, null, false]],
    ['is unknown where it is not set, which the environment may do', [felix('default', null)], nothing],
    ['is unknown without settings', [], nothing],
    ['is that of the node first', [felix('default', true), felix('node.n1', false)], [false, null, false]],
    ['is that of all where the node sets nothing', [felix('node.n1', null), felix('default', true)], all],
    ['is not that of another node', [felix('node.n2', true)], nothing],
  ])('%s', (_, settings, expected) => {
    expect(told(calicoHost(settings, 'n1'))).toEqual(expected)
  })
})

describe('over a window', () => {
  const node = {
    ...base,
    kind: 'Node' as const,
    namespace: '',
    uid: 'n1',
    name: 'n1',
    addresses: ['192.168.0.1'],
    annotations: { 'projectcalico.org/WireguardPublicKey': 'k' },
  }
  const hostOf = (...settings: (FelixConfigurationObject | CiliumConfigObject)[]) => {
    const objects = [node, ...settings].map((object) => ({ cluster: 'c', object }))
    const { nodes } = buildGround({ groups: [], objects, tunnels: [], certificates: [] })
    return nodes.get('c/n1')
  }

  it('holds where every version of each setting says the same', () => {
    const held = hostOf(cilium({}), felix('default', true), felix('default', true), cilium(native))
    expect(held && told(held.host)).toEqual(all)
  })

  it('is unknown where a setting was changed, and the keys stay', () => {
    const changed = hostOf(felix('default', false), felix('default', true))
    expect(changed && told(changed.host)).toEqual(nothing)
    expect(changed?.wireguard).toEqual(['k'])
  })
})
