import { z } from 'zod'
import type { SourcesAnswer } from '@/core/sources/source-row'
import { view } from '@/server/view'
import { loadSources } from '@/server/sources'
import { sourcesSchema } from './schemas/source-row'

/** Can I trust what I see? */
export const sourcesView = view({
  name: 'sources',
  path: 'sources',
  summary: 'Sources with state, lag, rate and gaps; recordings; and which Kubernetes kinds can be read.',
  quick: true,
  params: z.strictObject({}),
  // A recording that was just imported or deleted is to be seen at once.
  maxAgeMs: 900,
  answer: sourcesSchema,
  settle: async () => null,
  load: (_, scope) => loadSources(scope),
  render: (answer): SourcesAnswer => answer,
})
