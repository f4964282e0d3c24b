import { z } from 'zod'
import { buildGraph } from '@/core/graph/build-graph'
import { asksBefore } from '@/core/filter/filter-facts'
import { parseFilter } from '@/core/filter/filter-parse'
import type { Graph } from '@/core/graph/graph'
import { type Direction, directions, type Focus } from '@/core/graph/graph-focus'
import { groupings } from '@/core/graph/graph-groups'
import type { Scope } from '@/core/scope'
import type { Answer } from '@/server/answer'
import { lastAnswer } from '@/server/ask'
import { withOperations } from '@/server/operations'
import { clusterParam, filterParam, levelParam, listParam, parseParams, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic, loadWorld } from '@/server/world'
import { graphSchema } from './schemas/graph'

/** More than the default may be asked for; beyond the most no browser draws them all. */
const defaultEdges = 5_000
const maxEdges = 60_000

/** What a graph is asked for, beside its window. */
export const mapShape = {
  cluster: clusterParam,
  q: filterParam,
  level: levelParam,
  by: z.enum(groupings).default('namespace').describe('What the regions are that can be folded.'),
  fold: listParam(500).describe(
    'Regions to show as one node, `cluster/namespace` or `cluster/team:name`; repeated or joined by commas.',
  ),
  unfold: listParam(500).describe('Regions to show open although the size of the graph folds them.'),
  focus: z.string().max(600, 'at most 600 characters').default('').describe('Id of a node: only what is around it.'),
  hops: z
    .union([z.literal('all'), z.coerce.number().int().min(1).max(20)])
    .default(2)
    .describe('How many edges away from the focus; `all`: everything that it reaches and that reaches it.'),
  dir: z.enum(directions).default('both').describe('Callers of the focus (up), its callees (down), or both.'),
  idle: z.enum(['0', '1']).default('1').describe('0 leaves out workloads without traffic.'),
  edges: z.coerce
    .number('write a number of edges')
    .int('write a number of edges')
    .min(100, 'at least 100')
    .max(maxEdges, `at most ${maxEdges}`)
    .default(defaultEdges)
    .describe('Edges drawn at most: the unwell and the strongest are kept.'),
  nodes: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 shows the machines of the cluster (kind Node), which are left out unless the filter names them.'),
}

const staleMs = 60_000

/** What the graph is drawn around; undefined for the whole. */
export const focusOf = (id: string, hops: number | 'all', direction: Direction): Focus | undefined =>
  id === '' ? undefined : { id, hops: hops === 'all' ? Infinity : hops, direction }

/** What talks to what, and where does it hurt? */
export const mapView = view({
  name: 'map',
  path: 'map',
  summary: 'The service graph of a window: who talks to whom, with figures, verdicts and health.',
  params: windowed(mapShape),
  answer: graphSchema,
  staleMs,
  settle: (params) => settleWindow(params),
  load: async ({ window, recording, q }, scope) => {
    const length = window.to - window.from
    const earlier = { window: { from: window.from - length, to: window.from }, recording }
    const [world, before] = await Promise.all([
      loadWorld({ window, recording }, scope),
      asksBefore(parseFilter(q).filter) ? loadTraffic(earlier, scope) : null,
    ])
    return { world: await withOperations(world, { recording, q }), before }
  },
  render: ({ world, before }, { cluster, q, level, by, fold, unfold, nodes, idle, edges, focus, hops, dir }): Graph =>
    buildGraph(world, {
      level,
      by,
      fold,
      unfold,
      nodes: nodes === '1',
      before,
      isolated: idle === '1',
      maxEdges: edges,
      focus: focusOf(focus, hops, dir),
      filter: parseFilter(q).filter,
      cluster: cluster || undefined,
    }),
})

/** What the console asks first: the map of an address without parameters. */
export const firstQuestion = 'last=15m'

/** The map that the console opens with as it was last answered; null where nobody asked lately. */
export const lastMap = (scope: Scope): Answer | null =>
  lastAnswer(mapView, parseParams(mapView.params, new URLSearchParams(firstQuestion)), scope, staleMs)
