import { z } from 'zod'
import { type Endpoint, endpointKey, endpointLabel, endpointType } from '@/core/endpoint'
import { endpointsOf } from '@/core/inventory/endpoints-of'
import { clusterParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic } from '@/server/world'
import { nodeNameShape } from './schemas/graph'

const foundSchema = z.strictObject(nodeNameShape)

/** An endpoint that a search found; `id` is that of its node at the level of workloads. */
export type Found = z.infer<typeof foundSchema>

/** Where is it? Names for the command menu, best first. */
export const searchView = view({
  name: 'search',
  path: 'search',
  summary: 'Endpoints by a part of their name, best first.',
  params: windowed({
    cluster: clusterParam,
    text: z.string().max(200, 'at most 200 characters').default('').describe('A part of `namespace/name`.'),
    limit: z.coerce
      .number('write a number from 1 to 100')
      .int()
      .min(1)
      .max(100)
      .default(20)
      .describe('Results at most.'),
  }),
  answer: z.array(foundSchema),
  settle: (params) => settleWindow(params),
  load: (when, scope) => loadTraffic(when, scope),
  render: (world, { cluster, text, limit }): Found[] => {
    const wanted = text.trim().toLowerCase()
    return endpointsOf(world)
      .filter((endpoint) => !cluster || endpoint.cluster === cluster)
      .map((endpoint) => ({ endpoint, rank: rankOf(endpoint, wanted), label: endpointLabel(endpoint) }))
      .filter(({ rank }) => rank < none)
      .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1))
      .slice(0, limit)
      .map(({ endpoint }) => ({ id: endpointKey(endpoint), type: endpointType(endpoint), ...endpoint }))
  },
})

const none = 5

/** The name itself, its beginning, inside it, inside the label, its letters in order with others between. */
function rankOf(endpoint: Endpoint, wanted: string): number {
  const name = endpoint.name.toLowerCase()
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (name.includes(wanted)) return 2
  if (endpointLabel(endpoint).toLowerCase().includes(wanted)) return 3
  return wanted.length > 1 && hasInOrder(name, wanted) ? 4 : none
}

function hasInOrder(text: string, letters: string): boolean {
  let at = -1
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
