import { buildMarks } from '@/core/marks/marks'
import { newestMarks, restartMarks, restartStepMs } from '@/core/marks/restart-marks'
import { marksNear, marksOfEdges } from '@/core/marks/marks-near'
import { readRestartSteps } from '@/server/db/inventory/read-restart-steps'
import { readObjectChanges } from '@/server/db/policy/read-object-changes'
import { database } from '@/server/database'
import { withOperations } from '@/server/operations'
import { clusterParam, filterParam, selectionParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { matchingEdges } from './matching-edges'
import { marksSchema } from './schemas/mark'

const most = 500

/** What was changed, and when? Deploys, scalings, policies, Services, nodes and restarts of pods for every time axis. */
export const marksView = view({
  name: 'marks',
  path: 'marks',
  summary: 'Deploys and other changes of a window; with `sel` those that may have to do with that node or edge.',
  params: windowed({ cluster: clusterParam, q: filterParam, sel: selectionParam }),
  answer: marksSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const { window, recording, sel, q } = question
    // A recording is of traffic alone.
    if (recording !== null) return { changes: [], restarts: [], world: null }
    const [changes, restarts, world] = await Promise.all([
      readObjectChanges(database(), window, scope),
      readRestartSteps(database(), window, scope, restartStepMs(window)),
      // Only a filter can ask for health.
      sel ? loadTraffic(question, scope) : q ? loadWorld(question, scope) : null,
    ])
    return { changes, restarts, world: world && (await withOperations(world, question)) }
  },
  render: ({ changes, restarts, world }, question) => {
    const { cluster, sel } = question
    const every = [...buildMarks(changes, Number.POSITIVE_INFINITY).marks, ...restartMarks(restarts)]
    const marks = cluster ? every.filter((mark) => mark.cluster === cluster) : every
    const wanted = !world
      ? marks
      : sel
        ? marksNear(marks, world, sel)
        : marksOfEdges(marks, world, matchingEdges(world, question))
    return { marks: newestMarks(wanted, most), total: wanted.length }
  },
})
