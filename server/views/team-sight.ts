import { knownPairs } from '@/core/access/known-rules'
import { namespacesOfRules } from '@/core/access/team-namespaces'
import { teamSight } from '@/core/access/team-sight'
import { bothScopes, inScope, scopeOf, scopePair } from '@/core/scope'
import { loadAccessFacts } from '@/server/access-facts'
import { windowed } from '@/server/params'
import { view } from '@/server/view'
import { wallScope } from '@/server/wall'
import { settleWindow } from '@/server/windowed'
import { loadTraffic } from '@/server/world'
import { rulesParam, teamSightSchema } from './schemas/teams'
import { pairsOf } from './teams'

/** What would members of a team with these rules see? */
export const teamSightView = view({
  name: 'teamSight',
  path: 'teams/sight',
  summary:
    'What members of a team with these rules see of a window: namespaces, services, edges and those that cross its border. Within what you see yourself.',
  params: windowed({ rules: rulesParam }),
  answer: teamSightSchema,
  settle: (params) => settleWindow(params),
  load: async ({ window, recording, rules }, scope) => {
    const { known } = await loadAccessFacts()
    const pairs = pairsOf(namespacesOfRules(rules, known)).filter((pair) =>
      inScope(bothScopes(scope, wallScope()), pair),
    )
    const seen = scopeOf(pairs.map(({ cluster, namespace }) => [cluster, namespace]))
    return { pairs, there: knownPairs(rules, known), world: await loadTraffic({ window, recording }, seen) }
  },
  render: ({ pairs, there, world }) => {
    const sight = teamSight(world, pairs)
    // A name that nothing is known of is no namespace yet; a recording may know others.
    const isThere = ({ cluster, namespace, workloads }: (typeof sight.namespaces)[number]) =>
      workloads > 0 || there.has(scopePair(cluster, namespace))
    return { ...sight, namespaces: sight.namespaces.filter(isThere) }
  },
})
