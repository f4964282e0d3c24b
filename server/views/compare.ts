import { buildGraph } from '@/core/graph/build-graph'
import { compareGraphs, type Side } from '@/core/compare/compare-graphs'
import { versusWindow } from '@/core/compare/compare-window'
import { parseFilter } from '@/core/filter/filter-parse'
import type { World } from '@/core/world'
import { withOperations } from '@/server/operations'
import { versusParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { focusOf, mapShape } from './map'
import { comparisonSchema } from './schemas/comparison'

/** Far above what is drawn: what is compared must not be cut off. */
const maxEdges = 50_000

/**
 * What differs from before? The graph of a window against that of another. Costs a second World and up to
 * three more graphs; Worlds are shared with the map's own answer.
 */
export const compareView = view({
  name: 'compare',
  path: 'compare',
  summary: 'How the service graph of a window differs from that of another: new, gone, slower, failing, denied.',
  params: windowed({ ...mapShape, vs: versusParam }),
  answer: comparisonSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const { window, recording, vs } = question
    const [now, before] = await Promise.all([
      loadWorld(question, scope),
      loadTraffic({ window: versusWindow(window, vs), recording }, scope),
    ])
    return { now: await withOperations(now, question), before: await withOperations(before, question) }
  },
  render: ({ now, before }, { cluster, q, level, by, fold, unfold, nodes, focus: around, hops, dir }) => {
    const { filter } = parseFilter(q)
    const focus = focusOf(around, hops, dir)
    const common = { level, by, nodes: nodes === '1', cluster: cluster || undefined }
    const drawn = buildGraph(now, { ...common, fold, unfold, before, filter, focus })
    // What is folded now is folded before, or nothing could be compared.
    const same = { ...common, fold: drawn.folded, unfold, foldAbove: Infinity, maxEdges, isolated: false }
    // Services stand before the workloads that they stand before now, for the same reason.
    const sideOf = (world: World): Side => {
      const placed = { ...world, inventory: now.inventory, teams: now.teams }
      const all = buildGraph(placed, same)
      return {
        world,
        all,
        drawn: filter.type === 'all' && !focus ? all : buildGraph(placed, { ...same, filter, focus }),
      }
    }
    return compareGraphs({ ...sideOf(now), drawn }, sideOf(before))
  },
})
