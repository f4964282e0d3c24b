import { z } from 'zod'
import { buildServiceCharts, incomingOf, type ServiceCharts } from '@/core/services/service-charts'
import { mirror } from '@/server/mirror'
import { listParam, windowed } from '@/server/params'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic } from '@/server/world'
import { sparkSchema } from './schemas/service-row'

const points = 30

const answer = mirror<readonly ServiceCharts[]>()(
  z.array(
    z.strictObject({
      id: z.string(),
      requestSpark: sparkSchema,
      errorSpark: sparkSchema,
      p95Spark: sparkSchema,
    }),
  ),
)

/** How did it go for these? */
export const serviceChartsView = view({
  name: 'serviceCharts',
  path: 'services/charts',
  summary: 'The small charts of some rows of the services table; rows to which nothing comes in are left out.',
  params: windowed({ ids: listParam(100).describe('Ids of rows, `cluster/namespace/kind/name`, by commas.') }),
  answer,
  staleMs: 60_000,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await loadTraffic(question, scope)
    const incoming = incomingOf(world, new Set(question.ids))
    const steps = await loadSteps(question, [...incoming.values()].flat(), points, (edge) => edge.to)
    return { world, incoming, steps }
  },
  render: ({ world, incoming, steps }) => buildServiceCharts(world, incoming, { ...steps, steps: steps.rows }),
})
