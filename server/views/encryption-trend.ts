import { buildTrend, trendKey } from '@/core/encryption/build-trend'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { classifiedEdges } from './classified-edges'
import { unitParam } from './encryption'
import { trendSchema } from './schemas/encryption-evidence'

const points = 60

/** Does coverage grow? */
export const encryptionTrendView = view({
  name: 'encryptionTrend',
  path: 'encryption/trend',
  summary: 'Coverage of encryption in transit over time, as bounds. Where pods were is taken from the whole window.',
  params: windowed({ cluster: clusterParam, q: filterParam, unit: unitParam }),
  answer: trendSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await loadWorld(question, scope)
    const classified = classifiedEdges(world, question)
    const edges = classified.edges.map(({ worldEdge }) => worldEdge)
    return { world, classified, steps: await loadSteps(question, edges, points, trendKey(classified.edges)) }
  },
  render: ({ world, classified, steps }, { unit }) => buildTrend(world, classified, steps, unit),
})
