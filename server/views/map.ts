import { z } from 'zod'
import { buildGraph } from '@/core/build-graph'
import { asksBefore } from '@/core/filter-facts'
import { parseFilter } from '@/core/filter-parse'
import type { Graph } from '@/core/graph'
import { clusterParam, filterParam, levelParam, listParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { graphSchema } from './schemas/graph'

/** What a graph is asked for, beside its window. */
export const mapShape = {
  cluster: clusterParam,
  q: filterParam,
  level: levelParam,
  fold: listParam(500).describe('Namespaces (`cluster/namespace`) to show as one node; repeated or joined by commas.'),
  unfold: listParam(500).describe('Namespaces to show open although the size of the graph folds them.'),
  nodes: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 shows the machines of the cluster (kind Node), which are left out unless the filter names them.'),
}

/** What talks to what, and where does it hurt? */
export const mapView = view({
  name: 'map',
  path: 'map',
  summary: 'The service graph of a window: who talks to whom, with figures, verdicts and health.',
  params: windowed(mapShape),
  answer: graphSchema,
  settle: (params) => settleWindow(params),
  load: async ({ window, recording, q }, scope) => {
    const length = window.to - window.from
    const earlier = { window: { from: window.from - length, to: window.from }, recording }
    const [world, before] = await Promise.all([
      loadWorld({ window, recording }, scope),
      asksBefore(parseFilter(q).filter) ? loadTraffic(earlier, scope) : null,
    ])
    return { world, before }
  },
  render: ({ world, before }, { cluster, q, level, fold, unfold, nodes }): Graph =>
    buildGraph(world, {
      level,
      fold,
      unfold,
      nodes: nodes === '1',
      before,
      filter: parseFilter(q).filter,
      cluster: cluster || undefined,
    }),
})
