import { classifyWorld } from '@/core/encryption/classify-world'
import { edgeProof, facetKey } from '@/core/encryption/edge-proof'
import { selectEdges } from '@/core/graph/selection'
import { AppError } from '@/server/errors'
import { edgeParam, windowed } from '@/server/params'
import { loadSteps } from '@/server/steps'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { edgeProofSchema } from './schemas/encryption-evidence'

const steps = 360

/** Who saw how an edge was protected, when, and between which nodes it went? */
export const encryptionEdgeView = view({
  name: 'encryptionEdge',
  path: 'encryption/edge',
  summary:
    'The evidence of one edge in all units: each layer with its witness, what each source told and when, where its pods were.',
  params: windowed({ sel: edgeParam }),
  answer: edgeProofSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await loadWorld(question, scope)
    const wanted = new Set(selectEdges(world, question.sel).incoming.map(({ edge }) => edge))
    const classified = classifyWorld(world)
    const each = classified.edges.find(({ id, worldEdge: { edge } }) => id === question.sel || wanted.has(edge))
    if (!each) throw new AppError('not_found', 'There is no such edge in this time range, or it carries others.')
    const seen = await loadSteps(question, [each.worldEdge], steps)
    return { world, classified, each, seen }
  },
  render: ({ world, classified, each, seen }) => {
    const lastSeen = new Map<string, number>()
    for (const { facet, t } of seen.rows) {
      const key = facetKey(facet)
      lastSeen.set(key, Math.max(lastSeen.get(key) ?? 0, Math.min(t + seen.stepMs, seen.window.to)))
    }
    return edgeProof(world, classified, each, lastSeen)
  },
})
