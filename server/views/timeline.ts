import { buildTotals } from '@/core/graph/build-totals'
import { countedOnce } from '@/core/witness/detours'
import { withOperations } from '@/server/operations'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { matchingEdges } from './matching-edges'
import { totalsSchema } from './schemas/totals'

const points = 180

/** When was what? The strip under the map. */
export const timelineView = view({
  name: 'timeline',
  path: 'timeline',
  summary: 'Traffic, errors and denials of everything that matches, over time, with the gaps.',
  params: windowed({ cluster: clusterParam, q: filterParam }),
  answer: totalsSchema,
  staleMs: 60_000,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await withOperations(await (question.q ? loadWorld : loadTraffic)(question, scope), question)
    const edges = countedOnce(matchingEdges(world, question), world)
    const steps = await loadSteps(question, edges, points)
    return { world, steps }
  },
  render: ({ world, steps }) => buildTotals(steps.rows, { ...world, ...steps }),
})
