import { z } from 'zod'
import { change } from '@/server/change'
import { writePolicyDraft } from '@/server/db/write-policy-draft'
import { database } from '@/server/database'
import { draftContentSchema } from '@/server/views/schemas/policy-draft'
import { draftName, mayChangeDrafts } from './draft-input'
import { clusterName } from './policy-input'

/** Keeps edits of policies under a name. */
export const savePolicyDraft = change({
  name: 'savePolicyDraft',
  method: 'POST',
  path: 'policies/drafts',
  summary: 'Keeps edits of policies as a new draft.',
  audit: 'draft.saved',
  input: z.strictObject({ name: draftName, cluster: clusterName, content: draftContentSchema }),
  answer: z.strictObject({ id: z.number(), version: z.number() }),
  run: async ({ name, cluster, content }, actor) => {
    actor.note({ target: name, cluster })
    mayChangeDrafts(actor)
    return { id: await writePolicyDraft(database(), { name, cluster, content, by: actor.name }), version: 1 }
  },
})
