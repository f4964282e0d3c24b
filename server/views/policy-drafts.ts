import { z } from 'zod'
import type { Scope } from '@/core/scope'
import { database } from '@/server/database'
import { type ListedDraft, readPolicyDrafts } from '@/server/db/read-policy-drafts'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { draftShape } from './schemas/policy-draft'

const listedDraftSchema = mirror<ListedDraft>()(
  z.strictObject({ ...draftShape, objects: z.number().describe('How many it has.'), comments: z.number() }),
)

/** Drafts may be about any namespace, so only who sees everything sees them. */
const loadDrafts = async (scope: Scope): Promise<readonly ListedDraft[]> =>
  scope.all ? readPolicyDrafts(database()) : []

/** Which edits of policies does somebody keep? */
export const policyDraftsView = view({
  name: 'policyDrafts',
  path: 'policies/drafts',
  summary: 'Drafts of policy changes, the newest save first.',
  quick: true,
  params: z.strictObject({}),
  answer: z.array(listedDraftSchema),
  maxAgeMs: 0,
  settle: async () => null,
  load: (_, scope) => loadDrafts(scope),
  render: (drafts) => [...drafts],
})
