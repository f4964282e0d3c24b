import { z } from 'zod'
import { touchedNamespaces } from '@/core/policy/edit/touched-namespaces'
import { change } from '@/server/change'
import { writePolicyDraft } from '@/server/db/policy/write-policy-draft'
import { database } from '@/server/database'
import { draftContentSchema } from '@/server/views/schemas/policy-draft'
import { draftName } from './draft-input'
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
  run: async ({ name, cluster, content }, { asker, note }) => {
    note({ target: name, cluster })
    const { id: account, name: by } = asker.account
    const namespaces = touchedNamespaces(content.objects)
    return { id: await writePolicyDraft(database(), { name, cluster, content, by, account, namespaces }), version: 1 }
  },
})
