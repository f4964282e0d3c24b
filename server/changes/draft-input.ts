import { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import { draftNameLength } from '@/core/policy/apply/draft'
import { clean } from '@/core/text/text'
import { database } from '@/server/database'
import { readPolicyDraft, type StoredDraft } from '@/server/db/policy/read-policy-drafts'
import { AppError } from '@/server/errors'
import { draftReader } from '@/server/personal'

/** A name as it is kept: one visible line. */
export const draftName = z
  .string()
  .transform((name) => clean(name, 400).trim())
  .pipe(z.string().min(1, 'give the draft a name').max(draftNameLength, `at most ${draftNameLength} characters`))

export const draftId = z.coerce
  .number('give the number of a draft')
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('Number of the draft.')

/** A draft that this person may see. Throws AppError('not_found'): of others nobody learns that it is there. */
export async function seenDraft(id: number, asker: Asker): Promise<StoredDraft> {
  const draft = await readPolicyDraft(database(), id, draftReader(asker))
  if (!draft) throw noSuchDraft()
  return draft
}

export const noSuchDraft = () => new AppError('not_found', 'There is no such draft. It may have been deleted already.')
