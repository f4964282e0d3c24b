import { buildSeries } from '@/core/series/build-series'
import { countedOnce } from '@/core/witness/detours'
import { selectCounted } from '@/core/graph/selection'
import { withOperations } from '@/server/operations'
import { clusterParam, filterParam, selectionParam, windowed } from '@/server/params'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { matchingEdges } from './matching-edges'
import { seriesSchema } from './schemas/series'

const points = 120

/** How did it go over time? Of a node (what comes in, or what goes out where nothing does), an edge, or everything. */
export const seriesView = view({
  name: 'series',
  path: 'series',
  summary: 'Figures over time of a node, an edge, or of everything that matches.',
  params: windowed({
    cluster: clusterParam,
    q: filterParam,
    sel: selectionParam,
  }),
  answer: seriesSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await withOperations(await (question.q ? loadWorld : loadTraffic)(question, scope), question)
    const edges = question.sel
      ? selected(selectCounted(world, question.sel))
      : countedOnce(matchingEdges(world, question), world)
    const steps = await loadSteps(question, edges, points)
    return { world, steps }
  },
  render: ({ world, steps }) => buildSeries(steps.rows, { ...world, ...steps }),
})

const selected = <T>({ incoming, outgoing }: { incoming: readonly T[]; outgoing: readonly T[] }) =>
  incoming.length > 0 ? incoming : outgoing
