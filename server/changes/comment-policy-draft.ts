import { z } from 'zod'
import { parseRefKey } from '@/core/policy/apply/ref-key'
import { cleanLines } from '@/core/text/text'
import { change } from '@/server/change'
import { writeDraftComment } from '@/server/db/policy/write-draft-comment'
import { database } from '@/server/database'
import { draftId, seenDraft } from './draft-input'

/** Says something about a draft or one of its objects. */
export const commentPolicyDraft = change({
  name: 'commentPolicyDraft',
  method: 'POST',
  path: 'policies/drafts/{id}/comments',
  summary: 'Adds a comment to a draft.',
  audit: 'draft.commented',
  input: z.strictObject({
    id: draftId,
    text: z
      .string()
      .max(10_000, 'at most 10000 characters')
      .transform((text) => cleanLines(text, 4_000).trim())
      .pipe(z.string().min(1, 'write something')),
    object: z
      .string()
      .max(1_000)
      .refine((key) => key === '' || parseRefKey(key) !== null, 'write group/kind/namespace/name')
      .default('')
      .describe('`group/kind/namespace/name` of the object that it is about; empty: the draft.'),
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id, text, object }, actor) => {
    actor.note({ target: `draft ${id}`, after: { object, text } })
    await seenDraft(id, actor.asker)
    const { id: account, name: by } = actor.asker.account
    return { id: await writeDraftComment(database(), id, { by, account, text, object }) }
  },
})
