import { z } from 'zod'
import { buildOperations } from '@/core/operations/build-operations'
import { selectCounted } from '@/core/graph/selection'
import { l7Protocols } from '@/core/verdict'
import { loadOperations } from '@/server/operations'
import { windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { operationsSchema } from './schemas/operations'

/** What is asked of a service, and how does it answer? */
export const operationsView = view({
  name: 'operations',
  path: 'operations',
  summary: 'Routes, methods, DNS names, response codes and flags of a node or an edge, with their figures.',
  params: windowed({
    sel: z
      .string()
      .min(1, 'name a node or an edge')
      .max(2_000, 'at most 2000 characters')
      .describe('Id of a node or edge of the map.'),
    dir: z
      .enum(['in', 'out'])
      .default('in')
      .describe('Of a node: what is asked of it, or what it asks of others. No matter for an edge.'),
    l7: z.enum(l7Protocols).optional().describe('Only requests of this application protocol.'),
  }),
  answer: operationsSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await loadWorld(question, scope)
    const { incoming, outgoing } = selectCounted(world, question.sel)
    const edges = question.sel.includes('|') || question.dir === 'in' ? incoming : outgoing
    return { world, edges, rows: await loadOperations(world, question.recording, edges) }
  },
  render: ({ world, edges, rows }, { l7 }) => buildOperations(world, edges, { rows, l7 }),
})
