import { z } from 'zod'
import { buildServices } from '@/core/services/build-services'
import { versusWindow } from '@/core/compare/compare-window'
import { countsAt, detoursOf } from '@/core/witness/detours'
import { parseFilter } from '@/core/filter/filter-parse'
import { withOperations } from '@/server/operations'
import { clusterParam, filterParam, versusParam, windowed } from '@/server/params'
import { loadPolicyCover } from '@/server/policy-cover'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { serviceRowSchema } from './schemas/service-row'

/** Points of all small charts together: of many services each has fewer, so that the list costs the same. */
const allPoints = 20_000
const sparkPoints = (services: number): number => Math.round(Math.min(30, Math.max(8, allPoints / services)))

const noSteps = { rows: [], stepMs: 10_000 } as const

/** Which service is unwell? */
export const servicesView = view({
  name: 'services',
  path: 'services',
  summary:
    'Workloads and services with what comes in to each: figures, the same over the window before, and small charts.',
  params: windowed({
    cluster: clusterParam,
    q: filterParam,
    vs: versusParam,
    charts: z
      .enum(['0', '1'])
      .default('1')
      .describe('0 leaves the small charts empty; services/charts has those of some.'),
    gone: z
      .enum(['0', '1'])
      .default('0')
      .describe('1 adds those that were there in the window that is compared with and are not now.'),
  }),
  answer: z.array(serviceRowSchema),
  staleMs: 60_000,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const { window, recording, vs, charts } = question
    const [loaded, previous, cover] = await Promise.all([
      loadWorld(question, scope),
      recording === null ? loadTraffic({ window: versusWindow(window, vs), recording }, scope) : null,
      loadPolicyCover(question, scope),
    ])
    const world = await withOperations(loaded, question)
    const detours = detoursOf(world)
    const incoming = world.edges.filter(({ edge }) => countsAt(detours, edge, 'to'))
    const points = sparkPoints(world.inventory.length)
    const steps = charts === '1' ? await loadSteps(question, incoming, points, (edge) => edge.to) : noSteps
    return { world, previous, cover, steps }
  },
  render: ({ world, previous, cover, steps }, { cluster, q, gone }) =>
    buildServices(world, {
      previous,
      cover,
      ...steps,
      steps: steps.rows,
      filter: parseFilter(q).filter,
      gone: gone === '1',
    }).filter((row) => !cluster || row.cluster === cluster),
})
