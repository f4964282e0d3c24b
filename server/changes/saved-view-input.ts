import { z } from 'zod'
import { linkPath } from '@/core/link-path'
import { clean } from '@/core/text'
import type { Actor } from '@/server/change'
import { AppError } from '@/server/errors'

/** A name as it is kept: one visible line. */
export const viewName = z
  .string()
  .transform((name) => clean(name, 200).trim())
  .pipe(z.string().min(1, 'give the view a name').max(80, 'at most 80 characters'))

/** A page of this console with its query. */
export const viewPath = z
  .string()
  .max(8_192, 'at most 8192 characters')
  .transform((path, context) => {
    const kept = linkPath(path)
    if (kept !== null) return kept
    context.addIssue({ code: 'custom', message: 'give path and query of a page of this console' })
    return z.NEVER
  })

export const viewId = z.coerce
  .number('give the number of a view')
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('The id of its row in the list of saved views.')

/** Who may see all views may change them; to others there are none. */
export function mayChange({ scope }: Actor): void {
  if (!scope.all) throw noSuchView()
}

export const noSuchView = () => new AppError('not_found', 'There is no such view. It may have been deleted already.')
