import { z } from 'zod'
import { parseFlowId } from '@/core/flows/flow-id'
import { AppError } from '@/server/errors'
import { loadFlow } from '@/server/flows'
import { view } from '@/server/view'
import { flowDetailSchema } from './schemas/flow-row'

/** Everything that the source said about one record. */
export const flowView = view({
  name: 'flow',
  path: 'flows/{id}',
  summary: 'One raw record with every field that its source gave.',
  params: z.strictObject({
    id: z
      .string()
      .regex(/^[0-9a-z-]{3,30}(\.\d{1,9})?$/, 'give the id of a record')
      .describe('Id of a record.'),
  }),
  answer: flowDetailSchema,
  settle: async ({ id }) => id,
  load: async (id, scope) => {
    const [text = '', recording] = id.split('.')
    const place = parseFlowId(text)
    const flow = place && (await loadFlow(place, recording === undefined ? null : Number(recording), scope))
    if (!flow)
      throw new AppError(
        'not_found',
        'This record is no longer kept. Raw flows are kept for some hours; retention.flows says for how long.',
      )
    return flow
  },
  render: (flow) => flow,
})
