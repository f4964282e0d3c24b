import { expect, it } from 'vitest'
import { tierName } from './tier-name'
import { builtInTiers } from './tiers'

it('each tier has a word of its own, and those of Calico theirs', () => {
  expect(builtInTiers.map(({ name }) => tierName(name))).toEqual([
    'Admin',
    'NetworkPolicy',
    'Baseline',
    'PeerAuthentication',
    'AuthorizationPolicy',
    'Linkerd',
  ])
  expect(['security', 'calico/kube-admin', 'Admin'].map(tierName)).toEqual(['security', 'kube-admin', 'Admin'])
})
