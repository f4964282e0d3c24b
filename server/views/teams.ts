import { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import type { LabelledTeam, NamespacePair, RoleItem, TeamItem, TeamsAnswer } from '@/core/access/settings-teams'
import { isSystemGroup, roles } from '@/core/access/rights'
import { knownPairs, pairsOfKnown } from '@/core/access/known-rules'
import { inScope, type Scope } from '@/core/scope'
import { labelledTeam, teamName } from '@/core/team'
import { type AccessFacts, fileTeams, loadAccessFacts } from '@/server/access-facts'
import { readKnownGroups } from '@/server/db/access/read-known-groups'
import { readMissingWall } from '@/server/db/read-missing-wall'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { view } from '@/server/view'
import { teamsSchema } from './schemas/teams'

/** Which teams are there, and who has which role? */
export const teamsView = view({
  name: 'teams',
  path: 'teams',
  summary:
    'Teams with their namespaces and groups, as far as they are yours; to administrators all, with roles that are given everywhere.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: teamsSchema,
  // A team that was just changed is to be seen at once.
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, scope, asker) => ({
    facts: await loadAccessFacts(),
    knownGroups: asker?.rights.admin ? await readKnownGroups(database()) : [],
    missingWall: asker?.rights.admin ? await readMissingWall(database()) : null,
    scope,
    asker,
  }),
  render: ({ facts, knownGroups, missingWall, scope, asker }): TeamsAnswer => {
    const admin = asker?.rights.admin ?? false
    return {
      mayChange: admin,
      teams: teamItems(facts, scope, asker),
      labelled: admin ? labelledTeams(facts) : [],
      roles: admin ? roleItems(facts) : [],
      knownGroups: knownGroups.filter((group) => !isSystemGroup(group)),
      missingWall: missingWall && [...missingWall],
      clusters: scope.all ? [...facts.known.clusters] : [...new Set(seenPairs(scope).map(({ cluster }) => cluster))],
    }
  },
})

function teamItems(facts: AccessFacts, scope: Scope, asker: Asker | undefined): TeamItem[] {
  const ofFile = fileTeams().map((team) => ({
    ...team,
    id: null,
    version: 0,
    changed: null,
    problem: null,
  }))
  const taken = new Set(ofFile.map(({ name }) => name.toLowerCase()))
  const ofDatabase = facts.rows.map(({ changedAt, changedBy, ...row }) => ({
    ...row,
    from: 'database' as const,
    changed: { at: changedAt, by: changedBy },
    problem: taken.has(row.name.toLowerCase())
      ? 'The configuration file has a team of this name, so this one gives no rights. Rename or delete it.'
      : null,
  }))
  const own = asker?.rights.teams ?? null
  const there = pairsOfKnown(facts.known)
  return [...ofFile, ...ofDatabase]
    .filter(({ name }) => own === null || own.includes(name))
    .map(({ id, name, from, namespaces, viewers, editors, version, changed, problem }) => ({
      id,
      name,
      from,
      rules: [...namespaces],
      viewers: [...viewers],
      editors: [...editors],
      namespaces: pairsOf(knownPairs(namespaces, facts.known, there)).filter((pair) => inScope(scope, pair)),
      version,
      changed,
      problem,
    }))
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}

const roleItems = ({ grantRows }: AccessFacts): RoleItem[] =>
  roles.toReversed().map((role) => {
    const row = grantRows.find((each) => each.role === role)
    return { role, fromFile: [...env().auth.roles[role]], groups: [...(row?.groups ?? [])], version: row?.version ?? 0 }
  })

/** Teams that labels of namespaces name and no rule. */
function labelledTeams({ known, teams }: AccessFacts): LabelledTeam[] {
  const named = new Set(teams.map(({ name }) => name.toLowerCase()))
  const found = new Map<string, LabelledTeam & { readonly namespaces: NamespacePair[] }>()
  for (const { cluster, namespace, labels } of known.namespaces) {
    const labelled = labelledTeam(labels, env().teamLabels)
    const name = teamName(labelled?.team ?? '')
    if (!labelled || named.has(name.toLowerCase())) continue
    const key = JSON.stringify([name, labelled.label])
    const team = found.get(key) ?? { name, label: `${labelled.label}=${labelled.team}`, namespaces: [] }
    team.namespaces.push({ cluster, namespace })
    found.set(key, team)
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Pairs by their names. */
export const pairsOf = (pairs: Iterable<string>): NamespacePair[] =>
  [...pairs].sort().map((pair) => {
    const cut = pair.lastIndexOf('/')
    return { cluster: pair.slice(0, cut), namespace: pair.slice(cut + 1) }
  })

const seenPairs = (scope: Scope): NamespacePair[] => (scope.all ? [] : pairsOf(scope.pairs))
