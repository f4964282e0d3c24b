import { z } from 'zod'
import { change } from '@/server/change'
import { copyPolicyDraft as copyDraft } from '@/server/db/policy/write-policy-draft'
import { database } from '@/server/database'
import { draftId, draftName, seenDraft } from './draft-input'

/** Makes a new draft of what another one holds. */
export const copyPolicyDraft = change({
  name: 'copyPolicyDraft',
  method: 'POST',
  path: 'policies/drafts/{id}/copy',
  summary: 'Copies a draft, without its comments, under another name.',
  audit: 'draft.copied',
  input: z.strictObject({ id: draftId, name: draftName }),
  answer: z.strictObject({ id: z.number(), version: z.number() }),
  run: async ({ id, name }, actor) => {
    actor.note({ target: `draft ${id}`, after: { name } })
    await seenDraft(id, actor.asker)
    return { id: await copyDraft(database(), id, name, actor.asker.account), version: 1 }
  },
})
