import { loadKnownPolicies, policyClusterParam, settlePolicies } from '@/server/policy-question'
import { windowed } from '@/server/params'
import { view } from '@/server/view'
import { policyGroundSchema } from './schemas/policy-ground'

/** What does somebody need who wants to ask the policy engine about a cluster himself? */
export const policyGroundView = view({
  name: 'policyGround',
  path: 'policies/ground',
  summary:
    'The objects of a cluster at the end of the window and its traffic in it (at most 30 days), for the policy engine: what-if, suggestions, tests of drafts.',
  params: windowed({ cluster: policyClusterParam }),
  answer: policyGroundSchema,
  maxAgeMs: 30_000,
  settle: (params) => settlePolicies(params),
  load: (question, scope) => loadKnownPolicies(question, scope),
  render: (ground) => ground,
})
