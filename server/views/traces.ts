import { z } from 'zod'
import type { SampleTrace } from '@/core/flows/sample-trace'
import { l7Protocols } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { endpointParam, windowed } from '@/server/params'
import { loadSampleTraces } from '@/server/sample-traces'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { endpointSchema, known, millis } from './schemas/shared'

const traceSchema = mirror<SampleTrace>()(
  z.strictObject({
    id: z.string().describe('Id of the raw record.'),
    traceId: z.string(),
    time: millis,
    from: endpointSchema,
    summary: z.string(),
    latencyMs: known,
    status: known,
    l7: z.enum(l7Protocols),
    failed: z.boolean(),
    links: z.array(z.strictObject({ title: z.string(), url: z.string() })).describe('To tools that show it.'),
  }),
)

/** Which requests should I look at? */
export const tracesView = view({
  name: 'traces',
  path: 'traces',
  summary: 'A few traced requests to an endpoint that failed or took long, out of the newest raw records.',
  params: windowed({ sel: endpointParam }),
  answer: z.array(traceSchema),
  settle: (params) => settleWindow(params),
  load: ({ sel, ...when }, scope) => loadSampleTraces(when, scope, sel),
  render: (traces) => [...traces],
})
