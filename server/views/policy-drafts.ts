import { z } from 'zod'
import { database } from '@/server/database'
import { type ListedDraft, readPolicyDrafts } from '@/server/db/policy/read-policy-drafts'
import { mirror } from '@/server/mirror'
import { draftReader, mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { draftShape } from './schemas/policy-draft'

const listedDraftSchema = mirror<ListedDraft>()(
  z.strictObject({ ...draftShape, objects: z.number().describe('How many it has.'), comments: z.number() }),
)

/** Which edits of policies are kept? Those of who asks, and those that touch nothing but what they may edit. */
export const policyDraftsView = view({
  name: 'policyDrafts',
  path: 'policies/drafts',
  summary: 'Drafts of policy changes: of who asks, and of what they may edit; the newest save first.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: z.array(listedDraftSchema),
  maxAgeMs: 0,
  settle: async () => null,
  load: (_, _scope, asker): Promise<readonly ListedDraft[]> => {
    return readPolicyDrafts(database(), draftReader(mustBe(asker)))
  },
  render: (drafts) => [...drafts],
})
