import { buildPolicies, noPolicies } from '@/core/policy/pages/build-policies'
import { windowed } from '@/server/params'
import { loadPolicies, policyClusterParam, settlePolicies } from '@/server/policy-question'
import { view } from '@/server/view'
import { policiesPageSchema } from './schemas/policies-page'

/** Which policies does a cluster have, what do they cover, and which of them are used? */
export const policiesView = view({
  name: 'policies',
  path: 'policies',
  summary:
    'All policies of a cluster with place, owner, rules and hits from recorded traffic; which workloads they isolate; what is wrong with them; where traffic differs from what they say.',
  params: windowed({ cluster: policyClusterParam }),
  answer: policiesPageSchema,
  // A question says when policies last changed, so its answer holds.
  maxAgeMs: 30_000,
  staleMs: 60_000,
  settle: (params) => settlePolicies(params),
  load: (question, scope) => loadPolicies(question, scope),
  render: ({ ground, clusters }, { at, period }) => (ground ? buildPolicies(ground, clusters) : noPolicies(at, period)),
})
