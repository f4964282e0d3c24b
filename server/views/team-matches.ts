import { z } from 'zod'
import type { NamespaceRule } from '@/core/access/team'
import { knownPairs, unknownOfRules } from '@/core/access/known-rules'
import type { TeamMatches } from '@/core/access/settings-teams'
import { bothScopes } from '@/core/scope'
import { loadAccessFacts } from '@/server/access-facts'
import { view } from '@/server/view'
import { wallScope } from '@/server/wall'
import { rulesParam, teamMatchesSchema } from './schemas/teams'
import { knownWithin } from './known-within'
import { pairsOf } from './teams'

/** Which namespaces would a team have by these rules? */
export const teamMatchesView = view({
  name: 'teamMatches',
  path: 'teams/matches',
  summary: 'Namespaces that rules mean now, of those that you see, and how that differs from a team as it is saved.',
  quick: true,
  params: z.strictObject({
    rules: rulesParam,
    team: z.string().max(63).default('').describe('Name of the team that is changed; empty: a new one.'),
  }),
  answer: teamMatchesSchema,
  maxAgeMs: 0,
  settle: async (params): Promise<{ rules: readonly NamespaceRule[]; team: string }> => params,
  load: async ({ rules, team }, scope) => {
    const facts = await loadAccessFacts()
    const known = knownWithin(facts.known, bothScopes(scope, wallScope()))
    const saved = facts.teams.find(({ name }) => name === team)?.namespaces ?? []
    const seen = (of: readonly NamespaceRule[]) => pairsOf(knownPairs(of, known))
    return { now: seen(rules), before: seen(saved), unknown: unknownOfRules(rules, known) }
  },
  render: ({ now, before, unknown }): TeamMatches => {
    const keyOf = (pair: (typeof now)[number]) => `${pair.cluster}/${pair.namespace}`
    const [after, old] = [new Set(now.map(keyOf)), new Set(before.map(keyOf))]
    return {
      namespaces: now,
      added: now.filter((pair) => !old.has(keyOf(pair))),
      lost: before.filter((pair) => !after.has(keyOf(pair))),
      unknownNames: unknown.rules,
      unknownClusters: unknown.clusters,
    }
  },
})
