import { z } from 'zod'
import type { PolicyDraftContent } from '@/core/policy/apply/draft'
import { database } from '@/server/database'
import { readDraftComments, readPolicyDraft } from '@/server/db/policy/read-policy-drafts'
import { AppError } from '@/server/errors'
import { mirror } from '@/server/mirror'
import { draftReader, mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { draftCommentSchema, draftObjectSchema, draftPeriodSchema, draftShape } from './schemas/policy-draft'

const contentSchema = mirror<PolicyDraftContent>()(
  z.strictObject({
    objects: z.array(draftObjectSchema),
    openedFrom: z.string(),
    period: draftPeriodSchema,
    tests: z.array(z.unknown()),
  }),
)

/** What is in a draft, and what was said about it? */
export const policyDraftView = view({
  name: 'policyDraft',
  path: 'policies/drafts/{id}',
  summary: 'One draft with its objects, tests and comments.',
  quick: true,
  personal: true,
  params: z.strictObject({
    id: z.coerce.number('give the number of a draft').int().min(1).max(2_147_483_647).describe('Number of the draft.'),
  }),
  answer: z.strictObject({ ...draftShape, content: contentSchema, comments: z.array(draftCommentSchema) }),
  maxAgeMs: 0,
  settle: async (params) => params,
  load: async ({ id }, _scope, asker) => {
    const draft = await readPolicyDraft(database(), id, draftReader(mustBe(asker)))
    if (!draft) throw new AppError('not_found', 'There is no such draft. It may have been deleted.')
    return { draft, comments: await readDraftComments(database(), id) }
  },
  render: ({ draft: { account: _account, ...draft }, comments }) => ({ ...draft, comments }),
})
