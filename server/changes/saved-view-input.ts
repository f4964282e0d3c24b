import { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import { isOwn } from '@/core/access/owner'
import { linkPath } from '@/core/links/link-path'
import { withEverybody } from '@/core/links/saved-view'
import { clean } from '@/core/text/text'
import { database } from '@/server/database'
import { readSavedView, type SavedViewHold } from '@/server/db/links/read-saved-view'
import { AppError } from '@/server/errors'
import { audiences } from '@/server/views/saved-views'

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

export const viewAudience = z
  .string()
  .max(63, 'at most 63 characters')
  .describe('Who else finds it: name of a team, `*` for everybody, empty for nobody.')

/** Whether somebody may share a view so. Throws AppError('forbidden'). */
export async function mayShare(asker: Asker, sharedWith: string): Promise<void> {
  if (sharedWith === '' || (await audiences(asker)).includes(sharedWith)) return
  throw new AppError(
    'forbidden',
    sharedWith === withEverybody
      ? 'Only who sees everything shares views with everybody: yours name what others may not see.'
      : 'You share views with your own teams only.',
  )
}

/** Whose view it is, where it is of who asks. Throws AppError('not_found'): of others nobody learns that it is there. */
export async function ownView(asker: Asker, id: number): Promise<SavedViewHold> {
  const found = await readSavedView(database(), id)
  if (!found || !isOwn(asker, found.account)) throw noSuchView()
  return found
}

export const noSuchView = () => new AppError('not_found', 'There is no such view. It may have been deleted already.')
