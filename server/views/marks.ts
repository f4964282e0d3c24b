import { buildMarks } from '@/core/marks'
import { marksNear, marksOfEdges } from '@/core/marks-near'
import { readObjectChanges } from '@/server/db/read-object-changes'
import { database } from '@/server/database'
import { withOperations } from '@/server/operations'
import { clusterParam, filterParam, selectionParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { matchingEdges } from './matching-edges'
import { marksSchema } from './schemas/mark'

const most = 500

/** What was changed, and when? Deploys, scalings, policies, Services and nodes for every time axis. */
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
    if (recording !== null) return { changes: [], world: null }
    const [changes, world] = await Promise.all([
      readObjectChanges(database(), window, scope),
      // Only a filter can ask for health.
      sel ? loadTraffic(question, scope) : q ? loadWorld(question, scope) : null,
    ])
    return { changes, world: world && (await withOperations(world, question)) }
  },
  render: ({ changes, world }, question) => {
    const { cluster, sel } = question
    const own = cluster ? changes.filter((change) => change.cluster === cluster) : changes
    const { marks } = buildMarks(own, Number.POSITIVE_INFINITY)
    const wanted = !world
      ? marks
      : sel
        ? marksNear(marks, world, sel)
        : marksOfEdges(marks, world, matchingEdges(world, question))
    return { marks: wanted.slice(-most), total: wanted.length }
  },
})
