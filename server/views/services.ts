import { z } from 'zod'
import { buildServices } from '@/core/build-services'
import { parseFilter } from '@/core/filter-parse'
import { windowSeconds } from '@/core/time'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { serviceRowSchema } from './schemas/service-row'

const sparkPoints = 30

/** Which service is unwell? */
export const servicesView = view({
  name: 'services',
  path: 'services',
  summary:
    'Workloads and services with what comes in to each: figures, the same over the window before, and small charts.',
  params: windowed({ cluster: clusterParam, q: filterParam }),
  answer: z.array(serviceRowSchema),
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const { window, recording } = question
    const before = { from: window.from - windowSeconds(window) * 1000, to: window.from }
    const [world, previous] = await Promise.all([
      loadWorld(question, scope),
      recording === null ? loadTraffic({ window: before, recording }, scope) : null,
    ])
    const steps = await loadSteps(question, world.edges, sparkPoints, (edge) => edge.to)
    return { world, previous, steps }
  },
  render: ({ world, previous, steps }, { cluster, q }) =>
    buildServices(world, { previous, ...steps, steps: steps.rows, filter: parseFilter(q).filter }).filter(
      (row) => !cluster || row.cluster === cluster,
    ),
})
