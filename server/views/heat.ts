import { buildHeatMap } from '@/core/series/build-heat-map'
import { endpointParam, windowed } from '@/server/params'
import { loadServiceWorld } from '@/server/service-world'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { heatMapSchema } from './schemas/heat-map'

/** How were the latencies spread, and when did that change? Of what comes in to an endpoint. */
export const heatView = view({
  name: 'heat',
  path: 'heat',
  summary: 'Responses of an endpoint by latency and time: a histogram per step.',
  params: windowed({ sel: endpointParam }),
  answer: heatMapSchema,
  settle: (params) => settleWindow(params),
  load: ({ sel, ...when }, scope) => loadServiceWorld(when, scope, sel),
  render: ({ world, steps, incoming }) =>
    buildHeatMap(
      steps.rows.filter(({ edgeId }) => incoming.has(edgeId)),
      { ...world, ...steps },
    ),
})
