import { z } from 'zod'
import { touchedNamespaces } from '@/core/policy/edit/touched-namespaces'
import { change } from '@/server/change'
import { updatePolicyDraft } from '@/server/db/policy/update-policy-draft'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { draftContentSchema } from '@/server/views/schemas/policy-draft'
import { draftId, draftName, seenDraft } from './draft-input'
import { timeWords } from './policy-problems'

/** Saves a draft, or renames it. */
export const changePolicyDraft = change({
  name: 'changePolicyDraft',
  method: 'PUT',
  path: 'policies/drafts/{id}',
  summary: 'Saves a draft that is still of the version that was opened; what is left out stays.',
  audit: 'draft.changed',
  input: z.strictObject({
    id: draftId,
    version: z.number().int().min(1).describe('The version that was opened.'),
    name: draftName.optional(),
    content: draftContentSchema.optional(),
  }),
  answer: z.strictObject({ id: z.number(), version: z.number().describe('The new one.') }),
  run: async ({ id, version, ...to }, actor) => {
    actor.note({ target: `draft ${id}`, after: { name: to.name, version: version + 1 } })
    const { name } = await seenDraft(id, actor.asker)
    // Told by itself: the saves of minutes are told together, without what was in each.
    if (to.name !== undefined && to.name !== name)
      actor.note({ action: 'draft.renamed', target: `draft ${id}, now “${to.name}”`, before: { name, version } })
    const namespaces = to.content ? touchedNamespaces(to.content.objects) : null
    const saved = await updatePolicyDraft(database(), id, version, { ...to, namespaces }, actor.name)
    if (saved !== null) return { id, version: saved }
    const newer = await seenDraft(id, actor.asker)
    throw new AppError(
      'conflict',
      `${newer.updatedBy} saved version ${newer.version} of this draft at ${timeWords(newer.updatedAt)}, after you opened version ${version}. Yours was not saved: keep it as a copy, or open the newer one.`,
    )
  },
})
