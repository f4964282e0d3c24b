import { expect, it } from 'vitest'
import type { Labels } from '../../inventory/inventory-object'
import { pod } from '../test-model'
import { chooseLabels } from './choose-labels'
import { isStableLabel } from './stable-labels'

const chosen = (own: Labels, ...others: readonly Labels[]) => {
  const all = [own, ...others].map((labels, i) => pod(`x/${i}`, { labels }))
  const [first] = all
  return first && chooseLabels(first, all)
}

it.each<[string, Labels, readonly Labels[], Labels]>([
  [
    'the recommended name alone',
    { app: 'a', 'app.kubernetes.io/name': 'a', team: 't' },
    [],
    { 'app.kubernetes.io/name': 'a' },
  ],
  [
    'one more where the name is shared',
    { app: 'a', tier: 'x', team: 't' },
    [{ app: 'a', tier: 'y' }],
    { app: 'a', tier: 'x' },
  ],
  [
    'a name of the application even where another label would do',
    { app: 'a', tier: 'x' },
    [{ app: 'b' }],
    { app: 'a' },
  ],
  ['any label where none names the application', { zone: 'z', area: 'q' }, [{ zone: 'z' }], { area: 'q' }],
  ['what there is where nothing tells them apart', { app: 'a' }, [{ app: 'a', tier: 'y' }], { app: 'a' }],
  ['nothing that passes', { 'pod-template-hash': '1' }, [], {}],
])('chooses %s', (_, own, others, labels) => {
  expect(chosen(own, ...others)?.labels).toEqual(labels)
})

it('tells whom it selects', () => {
  expect(chosen({ app: 'a' }, { app: 'a', tier: 'y' }, { app: 'b' })?.selects.map(({ name }) => name)).toEqual([
    '0',
    '1',
  ])
})

it.each([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'job-name',
  'topology.kubernetes.io/zone',
  'topology.istio.io/network',
  'kubernetes.io/hostname',
  'security.istio.io/tlsMode',
  'helm.sh/chart',
  'app.kubernetes.io/version',
])('%s does not last', (key) => {
  expect(isStableLabel(key)).toBe(false)
})

it.each(['app', 'app.kubernetes.io/name', 'k8s-app', 'tier', 'version', 'hashicorp', 'uid-service', 'reindexer'])(
  '%s lasts',
  (key) => {
    expect(isStableLabel(key)).toBe(true)
  },
)
