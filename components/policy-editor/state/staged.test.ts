import { expect, it } from 'vitest'
import { stagedText, stageWay } from './staged'

const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'a', name: 'b' }
const text = '# why\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: b\n'

it('stages a NetworkPolicy where Calico is read', () => {
  expect(stageWay(ref, false)).toBeNull()
  expect(stageWay(ref, true)).toBe('calico')
  expect(stagedText(text, ref)).toBe(
    '# why\napiVersion: projectcalico.org/v3\nkind: StagedKubernetesNetworkPolicy\nmetadata:\n  name: b\n',
  )
})

it('asks Istio for a dry run, and keeps comments', () => {
  const authorization = { group: 'security.istio.io', kind: 'AuthorizationPolicy', namespace: 'a', name: 'b' }
  expect(stageWay(authorization, false)).toBe('istio')
  expect(stagedText('kind: AuthorizationPolicy # x\nmetadata:\n  name: b\n', authorization)).toBe(
    'kind: AuthorizationPolicy # x\nmetadata:\n  name: b\n  annotations:\n    istio.io/dry-run: "true"\n',
  )
})
