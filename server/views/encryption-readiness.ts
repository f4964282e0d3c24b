import { narrowTo } from '@/core/encryption/encryption-page'
import { readinessOf } from '@/core/encryption/readiness'
import { floorTo, tierMs } from '@/core/time'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { loadReadinessParts } from '@/server/readiness-parts'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { matchingEdges } from './matching-edges'
import { encryptionReadinessSchema } from './schemas/encryption-readiness'

/** Which namespaces could refuse plaintext, and what would that break? */
export const encryptionReadinessView = view({
  name: 'encryptionReadiness',
  path: 'encryption/readiness',
  summary:
    'Whether namespaces of an Istio mesh could refuse plaintext. Looks back a month from the end of the window, as far as there is data, because rare callers are what STRICT breaks.',
  params: windowed({ cluster: clusterParam, q: filterParam }),
  answer: encryptionReadinessSchema,
  staleMs: 120_000,
  // A month does not change by the second.
  settle: async (params) => {
    const { window, ...settled } = await settleWindow(params)
    const to = floorTo(window.to, tierMs['1m'])
    return { ...settled, window: to > window.from ? { from: window.from, to } : window }
  },
  load: (question, scope) => loadReadinessParts(question, scope),
  render: (parts, question) => {
    const { window, cluster, q } = question
    const looked = { from: parts.at(-1)?.window.from ?? window.from, to: parts[0]?.window.to ?? window.to }
    const narrowed = parts.map(({ world, ...part }) => ({
      ...part,
      classified: narrowTo(part.classified, matchingEdges(world, { cluster, q })),
    }))
    return { looked, rows: readinessOf(narrowed).filter((row) => cluster === '' || row.cluster === cluster) }
  },
})
