import { shownEnd } from '../find-end'
import type { PolicyGround } from '../ground'
import { coverNamespaces, coverWorkloads } from './coverage'
import { differenceOf } from './differs'
import { type JudgedGround, judgeGround } from './judge-ground'
import { lintGround } from './lint-ground'
import type { BoardTier, DifferingEdge, PoliciesPage, PolicyRow } from './policies-page'
import { policyHits } from './policy-hits'
import { policyRows } from './policy-rows'

const mostDiffering = 200

/** Everything that the Policies page shows of a cluster. `clusters`: all that the asker may see. O(objects · workloads ÷ 32 + edges). */
export function buildPolicies(ground: PolicyGround, clusters: readonly string[]): PoliciesPage {
  const judged = judgeGround(ground)
  const { compiled } = judged
  const { context, findings } = lintGround(judged)
  const hits = policyHits(judged)
  const policies = policyRows({ judged, context, hits, findings }).toSorted(byPlace)
  const numbers = new Map(policies.map(({ key }, i) => [key, i]))
  const workloads = coverWorkloads(compiled, (key) => numbers.get(key))
  const differing = differingEdges(judged)
  return {
    cluster: ground.cluster,
    clusters,
    at: ground.at,
    period: ground.period,
    profile: ground.profile,
    hidesNamespaces: ground.hidesNamespaces,
    unread: ground.unread,
    tiers: boardTiers(judged, policies),
    policies,
    workloads,
    namespaces: coverNamespaces(
      ground.model.namespaces.map(({ name }) => name),
      workloads,
      policies.map(({ ref }) => ref.namespace),
    ),
    findings,
    traffic: {
      edges: judged.edges.length,
      undecided: judged.edges.filter(({ judged: one }) => !one || one.decision.verdict === 'undefined').length,
      differing: differing.length,
    },
    differing: differing.slice(0, mostDiffering),
  }
}

/** Those of the cluster first, then by namespace, kind and name. */
function byPlace(a: PolicyRow, b: PolicyRow): number {
  const key = ({ ref }: PolicyRow) => `${ref.namespace ?? ''}\n${ref.kind}\n${ref.name}\n${ref.group}`
  return key(a) < key(b) ? -1 : 1
}

function boardTiers({ compiled }: JudgedGround, policies: readonly PolicyRow[]): readonly BoardTier[] {
  const counts = new Map<string, number>()
  for (const { places } of policies)
    for (const tier of new Set(places.map((place) => place.tier))) counts.set(tier, (counts.get(tier) ?? 0) + 1)
  return (['network', 'mesh'] as const).flatMap((layer) =>
    compiled.tiers[layer].flatMap(({ tier: { name, title, order, end } }) => {
      const count = counts.get(name) ?? 0
      return count === 0 ? [] : [{ name, title, layer, order, end, policies: count }]
    }),
  )
}

/** Most connections first. */
function differingEdges({ ground, edges }: JudgedGround): readonly DifferingEdge[] {
  const found = edges.flatMap((one): readonly DifferingEdge[] => {
    const difference = differenceOf(one, ground.lastChange)
    if (!difference || !one.judged) return []
    const { id, protocol, port, allowed, denied } = one.edge
    const { from, to } = one.judged.flow
    return [{ id, from: shownEnd(from), to: shownEnd(to), protocol, port, allowed, denied, ...difference }]
  })
  const against = ({ says, allowed, denied }: DifferingEdge) => (says === 'allowed' ? denied : allowed) ?? 0
  return found.toSorted((a, b) => against(b) - against(a) || (a.id < b.id ? -1 : 1))
}

/** Where no cluster's objects are read. */
export const noPolicies = (at: number, period: PoliciesPage['period']): PoliciesPage => ({
  cluster: '',
  clusters: [],
  at,
  period,
  profile: 'generic',
  hidesNamespaces: false,
  unread: [],
  tiers: [],
  policies: [],
  workloads: [],
  namespaces: [],
  findings: [],
  traffic: { edges: 0, undecided: 0, differing: 0 },
  differing: [],
})
