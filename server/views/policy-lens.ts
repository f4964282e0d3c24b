import { z } from 'zod'
import { groupings } from '@/core/graph/graph-groups'
import { policyLens } from '@/core/policy/pages/policy-lens'
import { judgeGround } from '@/core/policy/pages/judge-ground'
import { parseEndpointKey } from '@/core/endpoint'
import type { KnownNamespace } from '@/core/access/team-namespaces'
import { teamsOf } from '@/core/team'
import type { PolicyGround } from '@/core/policy/ground'
import { readNamespaces } from '@/server/db/inventory/read-namespaces'
import { database } from '@/server/database'
import { loadInventory } from '@/server/inventory'
import { clusterParam, levelParam, listParam, windowed } from '@/server/params'
import { loadPolicies, policyClusters, settlePolicies } from '@/server/policy-question'
import { loadTeamRules } from '@/server/teams'
import { view } from '@/server/view'
import { policyLensSchema } from './schemas/policy-lens'

/** What do the policies say of every edge of the map, and who is isolated? */
export const policyLensView = view({
  name: 'policyLens',
  path: 'policies/lens',
  summary: 'What policies decide on each edge of the map and whom they isolate, for the map’s policy lens.',
  params: windowed({
    cluster: clusterParam,
    level: levelParam,
    by: z.enum(groupings).default('namespace').describe('What the regions are that can be folded.'),
    fold: listParam(500).describe('Regions that are drawn as one node.'),
    unfold: listParam(500).describe('Regions that are drawn open although the level or the size folds them.'),
    whole: z.enum(['0', '1']).default('0').describe('1: every region is folded that `unfold` does not name.'),
  }),
  answer: policyLensSchema,
  staleMs: 120_000,
  settle: (params) => settlePolicies(params),
  load: async (question, scope) => {
    const { cluster, period } = question
    const clusters = (await policyClusters(scope)).filter((one) => cluster === '' || one === cluster)
    const [loaded, inventory, namespaces, rules] = await Promise.all([
      Promise.all(clusters.map((one) => loadPolicies({ ...question, cluster: one }, scope))),
      loadInventory(period, scope),
      readNamespaces(database(), period, scope),
      loadTeamRules(scope),
    ])
    const grounds = loaded.flatMap(({ ground }) => ground ?? [])
    const known = new Map<string, KnownNamespace>(namespaces.map((one) => [`${one.cluster}/${one.namespace}`, one]))
    for (const [key, one] of namespacesOf(grounds)) if (!known.has(key)) known.set(key, one)
    return { grounds, inventory, teams: teamsOf(known.values(), rules) }
  },
  render: ({ grounds, inventory, teams }, { level, by, fold, unfold, whole }) =>
    policyLens(
      grounds.map(judgeGround),
      { inventory, teams },
      {
        level,
        by,
        fold,
        unfold,
        foldAbove: whole === '1' ? -1 : Infinity,
      },
    ),
})

/** Of traffic: a name can be enough for a team. */
function namespacesOf(grounds: readonly PolicyGround[]) {
  const found = new Map<string, { readonly cluster: string; readonly namespace: string; readonly labels: null }>()
  for (const { edges } of grounds)
    for (const { id } of edges)
      for (const part of id.split('|').slice(0, 2)) {
        const end = parseEndpointKey(part)
        if (!end || end.namespace === '') continue
        const { cluster, namespace } = end
        found.set(`${cluster}/${namespace}`, { cluster, namespace, labels: null })
      }
  return found
}
