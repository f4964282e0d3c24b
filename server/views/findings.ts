import type { Attention } from '@/core/health/attention'
import { findDrafts, finishFindings, maxFindings } from '@/core/health/find-attention'
import { severities } from '@/core/findings/finding'
import { windowSeconds } from '@/core/time'
import { type Edge, storedIds, type World } from '@/core/world'
import { loadOverTime } from '@/server/over-time'
import { clusterParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { attentionSchema } from './schemas/finding'

/** What needs attention? */
export const findingsView = view({
  name: 'findings',
  path: 'findings',
  summary:
    'What needs attention in a window, the worst first: each root cause once, with whom it reaches and since when.',
  params: windowed({ cluster: clusterParam }),
  answer: attentionSchema,
  staleMs: 60_000,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = ofCluster(await loadWorld(question, scope), question.cluster)
    const drafts = findDrafts(world)
    const told = drafts.slice(0, maxFindings)
    const watched = new Set(told.flatMap(({ watch }) => watch?.edges ?? []))
    const edges = world.edges.filter((edge) => storedIds(edge).some((id) => watched.has(id)))
    return { world, drafts, told, over: await loadOverTime(question, scope, world, edges) }
  },
  render: ({ world, drafts, told, over }): Attention => {
    const { baseline, window, coveredSeconds } = world
    const count = (severity: string) => drafts.filter((draft) => draft.severity === severity).length
    const [failing, degraded, unknown, notice] = severities.map(count)
    return {
      window,
      findings: finishFindings(told, over),
      total: drafts.length,
      counts: { failing: failing ?? 0, degraded: degraded ?? 0, unknown: unknown ?? 0, notice: notice ?? 0 },
      covered: Math.min(1, coveredSeconds / Math.max(1, windowSeconds(window))),
      pastMs: baseline ? baseline.window.to - baseline.window.from : null,
    }
  },
})

function ofCluster(world: World, cluster: string): World {
  if (!cluster) return world
  const touches = ({ edge }: { edge: Edge }) => edge.from.cluster === cluster || edge.to.cluster === cluster
  const { baseline } = world
  const edges = world.edges.filter(touches)
  const inventory = world.inventory.filter(({ endpoint }) => endpoint.cluster === cluster)
  // Of a cluster that nobody watches and nobody calls nothing is known, whatever is known of the others.
  const known = edges.length > 0 || inventory.length > 0
  return {
    ...world,
    edges,
    inventory,
    coveredSeconds: world.clusterSeconds.get(cluster) ?? (known ? world.coveredSeconds : 0),
    gaps: world.gaps.filter((gap) => gap.cluster === cluster),
    sources: world.sources.filter((source) => source.cluster === cluster),
    ...(world.restarts && { restarts: world.restarts.filter(({ workload }) => workload.cluster === cluster) }),
    baseline: baseline && { ...baseline, edges: new Map([...baseline.edges].filter(([, usual]) => touches(usual))) },
  }
}
