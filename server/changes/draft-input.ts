import { z } from 'zod'
import { clean } from '@/core/text'
import type { Actor } from '@/server/change'
import { AppError } from '@/server/errors'

/** A name as it is kept: one visible line. */
export const draftName = z
  .string()
  .transform((name) => clean(name, 400).trim())
  .pipe(z.string().min(1, 'give the draft a name').max(120, 'at most 120 characters'))

export const draftId = z.coerce
  .number('give the number of a draft')
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('Number of the draft.')

/** Who may see all drafts may change them; to others there are none. */
export function mayChangeDrafts({ scope }: Actor): void {
  if (!scope.all) throw noSuchDraft()
}

export const noSuchDraft = () => new AppError('not_found', 'There is no such draft. It may have been deleted already.')
