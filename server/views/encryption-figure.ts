import { z } from 'zod'
import { encryptionClasses } from '@/core/encryption/classes'
import { figureEvidence } from '@/core/encryption/figure-evidence'
import { parseFigureOf } from '@/core/encryption/figure-of'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { classifiedEdges } from './classified-edges'
import { unitParam } from './encryption'
import { figureEvidenceSchema } from './schemas/encryption-evidence'

const ofParam = z
  .string()
  .max(600, 'at most 600 characters')
  .default('all')
  .transform((text, context) => {
    const of = parseFigureOf(text)
    if (of) return of
    context.addIssue({ code: 'custom', message: 'write all, group:, cluster: or team: with an id, or pair:from|to' })
    return z.NEVER
  })
  .describe('What the figure is of: `all`, `group:<id>`, `cluster:<id>`, `team:<id>` or `pair:<from>|<to>`.')

/** On what does a figure of coverage rest? */
export const encryptionFigureView = view({
  name: 'encryptionFigure',
  path: 'encryption/figure',
  summary:
    'The evidence of a figure of coverage: who told how much of each class, and the edges that it is the sum of.',
  params: windowed({
    cluster: clusterParam,
    q: filterParam,
    unit: unitParam,
    of: ofParam,
    class: z.enum(encryptionClasses).optional().describe('Only this class.'),
  }),
  answer: figureEvidenceSchema,
  settle: (params) => settleWindow(params),
  load: (question, scope) => loadWorld(question, scope),
  render: (world, question) =>
    figureEvidence(world, classifiedEdges(world, question), { ...question, only: question.class ?? null }),
})
