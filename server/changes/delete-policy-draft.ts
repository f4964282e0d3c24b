import { z } from 'zod'
import { isOwn } from '@/core/access/owner'
import { change } from '@/server/change'
import { deletePolicyDraft as deleteDraft } from '@/server/db/policy/delete-policy-draft'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { draftId, noSuchDraft, seenDraft } from './draft-input'

/** Deletes a draft with what was said about it. */
export const deletePolicyDraft = change({
  name: 'deletePolicyDraft',
  method: 'DELETE',
  path: 'policies/drafts/{id}',
  summary: 'Deletes a draft with its comments. What was applied of it stays in the audit.',
  audit: 'draft.deleted',
  input: z.strictObject({ id: draftId }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, actor) => {
    actor.note({ target: `draft ${id}` })
    const { account } = await seenDraft(id, actor.asker)
    if (!isOwn(actor.asker, account))
      throw new AppError('forbidden', 'Only who made a draft, or an administrator, deletes it.')
    if (!(await deleteDraft(database(), id))) throw noSuchDraft()
    return { id }
  },
})
