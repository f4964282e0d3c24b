import { buildService } from '@/core/services/build-service'
import { endpointParam, versusParam, windowed } from '@/server/params'
import { loadServiceBefore, loadServiceWorld } from '@/server/service-world'
import { toolLinks } from '@/server/tool-links'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { serviceDetailSchema } from './schemas/service-detail'

/** What happened to this one, and who is to blame? */
export const serviceView = view({
  name: 'service',
  path: 'service',
  summary: 'One endpoint: figures now, before and over time, who calls it and whom it calls, and where its time goes.',
  params: windowed({ sel: endpointParam, vs: versusParam }),
  answer: serviceDetailSchema,
  settle: (params) => settleWindow(params),
  load: async ({ sel, vs, ...when }, scope) => {
    const [loaded, previous] = await Promise.all([
      loadServiceWorld(when, scope, sel),
      loadServiceBefore(when, vs, scope, sel),
    ])
    return { ...loaded, previous, links: toolLinks(sel, when.window) }
  },
  render: ({ world, previous, steps, incoming, links }, { sel }) =>
    buildService(world, sel, {
      ...steps,
      previous,
      links,
      incomingSteps: steps.rows.filter(({ edgeId }) => incoming.has(edgeId)),
      outgoingSteps: steps.rows.filter(({ edgeId }) => !incoming.has(edgeId)),
    }),
})
