import { expect, test } from 'vitest'
import { groupKinds, type KindRow, toldKinds } from './group-kinds'

const row = (kind: string, state: KindRow['state'], objects: number | null = 0, message = ''): KindRow => ({
  cluster: 'prod',
  kind,
  state,
  objects,
  message,
})

const kinds = [
  row('AuthorizationPolicy.security.istio.io', 'running', 2),
  row('AuthorizationPolicy.policy.linkerd.io', 'idle', 0, 'The API server has no authorizationpolicies.'),
  row('CiliumNode', 'idle', 0, 'The API server has no ciliumnodes.'),
  row('DestinationRule', 'failed', 0, 'Reading destinationrules is not allowed.'),
  row('NetworkPolicy', 'running', 7),
  row('NetworkPolicy.projectcalico.org', 'running', 3),
  row('StagedNetworkPolicy.projectcalico.org', 'idle', 0, 'The API server has no stagednetworkpolicies.'),
]

test('kinds of policies are told by their family, with the state of the one that is worst off', () => {
  expect(groupKinds(kinds).map(({ title, isFamily, state, objects }) => [title, isFamily, state, objects])).toEqual([
    ['Calico policies', true, 'running', 3],
    ['CiliumNode', false, 'idle', 0],
    ['Istio policies', true, 'failed', 2],
    ['Linkerd policies', true, 'idle', 0],
    ['NetworkPolicy', false, 'running', 7],
  ])
})

test('kinds of a family that a cluster does not have are no news, and trouble comes first', () => {
  expect(toldKinds(kinds).map(({ kind }) => kind)).toEqual(['DestinationRule', 'CiliumNode'])
})

test('a family of which one count is not told has no count', () => {
  const [family] = groupKinds([
    row('Tier.projectcalico.org', 'running', null),
    row('NetworkPolicy.projectcalico.org', 'running', 3),
  ])
  expect(family?.objects).toBeNull()
})
