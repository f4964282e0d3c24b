import { describe, expect, it } from 'vitest'
import { chooseProfile, type TellingObject } from './choose-profile'

const object = (kind: string, name = 'x', labels: TellingObject['labels'] = {}): TellingObject => ({
  kind,
  name,
  labels,
})
const cilium = object('DaemonSet', 'cilium', { 'k8s-app': 'cilium' })
const calico = object('DaemonSet', 'calico-node', { 'k8s-app': 'calico-node' })

describe('the profile of a cluster', () => {
  it.each([
    ['nothing tells', [object('DaemonSet', 'kube-proxy'), object('NetworkPolicy')], 'generic'],
    ['the agent of Cilium', [cilium], 'cilium'],
    ['the agent of Calico', [calico], 'calico'],
    ['policies of Cilium', [object('CiliumNetworkPolicy.cilium.io')], 'cilium'],
    ['nodes of Cilium', [object('CiliumNode')], 'cilium'],
    ['policies of Calico', [object('GlobalNetworkPolicy.projectcalico.org')], 'calico'],
    ['the agent before policies that were left behind', [cilium, object('Tier.projectcalico.org')], 'cilium'],
    ['both agents', [cilium, calico], 'generic'],
    ['objects of both', [object('CiliumNode'), object('FelixConfiguration')], 'generic'],
    ['a name that only begins so', [object('DaemonSet', 'cilium-envoy')], 'generic'],
  ] as const)('%s', (_, objects, profile) => {
    expect(chooseProfile(objects)).toBe(profile)
  })
})
