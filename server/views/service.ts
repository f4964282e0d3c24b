import { buildService } from '@/core/build-service'
import { endpointParam, windowed } from '@/server/params'
import { loadServiceWorld } from '@/server/service-world'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { serviceDetailSchema } from './schemas/service-detail'

/** What happened to this one, and who is to blame? */
export const serviceView = view({
  name: 'service',
  path: 'service',
  summary: 'One endpoint: figures now, before and over time, who calls it and whom it calls, and where its time goes.',
  params: windowed({ sel: endpointParam }),
  answer: serviceDetailSchema,
  settle: (params) => settleWindow(params),
  load: ({ sel, ...when }, scope) => loadServiceWorld(when, scope, sel),
  render: ({ world, previous, steps, incoming }, { sel }) =>
    buildService(world, sel, {
      ...steps,
      previous,
      incomingSteps: steps.rows.filter(({ edgeId }) => incoming.has(edgeId)),
      outgoingSteps: steps.rows.filter(({ edgeId }) => !incoming.has(edgeId)),
    }),
})
