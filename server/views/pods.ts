import { endpointParam, windowed } from '@/server/params'
import { loadServicePods } from '@/server/service-pods'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { servicePodsSchema } from './schemas/service-pods'

/** What runs behind this one, and which policies select it? */
export const podsView = view({
  name: 'pods',
  path: 'pods',
  summary: 'Pods of an endpoint that existed in the window, what each answered, and the policies that select them.',
  params: windowed({ sel: endpointParam }),
  answer: servicePodsSchema,
  settle: (params) => settleWindow(params),
  load: ({ sel, ...when }, scope) => loadServicePods(when, scope, sel),
  render: (pods) => pods,
})
