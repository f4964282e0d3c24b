import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Labels } from '../../inventory/inventory-object'
import { catalogueOf } from '../catalogue'
import { compilePolicies } from '../compile'
import { endOf } from '../evaluate'
import { type LabelMatch, labelsMatch } from '../label-match'
import { endMatches } from '../match-end'
import type { Workload } from '../model'
import { defaultOptions } from '../profile'
import { sightOf } from '../select-blocks'
import { modelOf } from '../test-model'
import { triOf } from '../tri'
import { selectedEnd, selectedPods } from './calico-ends'
import { cluster, db, job, web } from './test-calico'

const keys = fc.constantFrom(
  'app',
  'tier',
  'projectcalico.org/namespace',
  'projectcalico.org/serviceaccount',
  'projectcalico.org/orchestrator',
  'pcns.projectcalico.org/name',
  'pcns.team',
  'pcsa.projectcalico.org/name',
  'pcsa.role',
)
const values = fc.constantFrom('web', 'db', 'shop', 'batch', 'sales', 'robot', 'client', 'k8s', 'b')
const { match } = fc.letrec<{ match: LabelMatch }>((tie) => ({
  match: fc.oneof(
    { depthSize: 'medium' },
    fc.constant<LabelMatch>({ op: 'any' }),
    fc.record({ op: fc.constantFrom('has' as const, 'lacks' as const), key: keys }),
    fc.record({
      op: fc.constantFrom('in' as const, 'not-in' as const),
      key: keys,
      values: fc.array(values, { maxLength: 3 }),
    }),
    fc.record({
      op: fc.constantFrom('contains' as const, 'starts-with' as const, 'ends-with' as const),
      key: keys,
      value: values,
    }),
    fc.record({ op: fc.constantFrom('every' as const, 'some' as const), of: fc.array(tie('match'), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('match') }),
  ),
}))

const model = modelOf([web, db, job], [], cluster)
const catalogue = catalogueOf(model)
const compiled = compilePolicies(model, defaultOptions)

/** All labels of a pod as Calico sees them. */
function labelsOfPod({ namespace, serviceAccount, labels }: Workload): Labels {
  const below = (prefix: string, name: string, own: Labels = {}) => ({
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [prefix + key, value])),
    [`${prefix}projectcalico.org/name`]: name,
  })
  return {
    ...labels,
    ...below('pcns.', namespace, catalogue.namespace(namespace)?.labels),
    ...below('pcsa.', serviceAccount, catalogue.serviceAccount(namespace, serviceAccount)?.labels),
    'projectcalico.org/namespace': namespace,
    'projectcalico.org/serviceaccount': serviceAccount,
    'projectcalico.org/orchestrator': 'k8s',
  }
}

test('a selector matches the pods whose labels it matches, as one set with those of namespace and account', () => {
  fc.assert(
    fc.property(match, fc.constantFrom(web, db, job), (one, pod) => {
      const sight = { ...sightOf(compiled, web), doubt: () => undefined }
      const expected = triOf(labelsMatch(one, labelsOfPod(pod)))
      expect(endMatches(selectedPods(one, catalogue), endOf(pod), sight)).toBe(expected)
      expect(endMatches(selectedEnd(one, catalogue), endOf(pod), sight)).toBe(expected)
    }),
    { numRuns: 1_000 },
  )
})

test('conditions on labels and one on the namespace are one condition', () => {
  const named: LabelMatch = { op: 'in', key: 'projectcalico.org/namespace', values: ['shop'] }
  const app: LabelMatch = { op: 'in', key: 'app', values: ['web'] }
  const end = selectedPods(
    { op: 'every', of: [named, { op: 'every', of: [app, { op: 'has', key: 'tier' }] }] },
    catalogue,
  )
  expect(end).toEqual({
    is: 'every',
    of: [
      {
        is: 'workload',
        namespace: { by: 'name', names: ['shop'] },
        labels: { op: 'every', of: [app, { op: 'has', key: 'tier' }] },
      },
      { is: 'place', places: ['workload'] },
    ],
  })
})
