import { z } from 'zod'
import { withEverybody } from '@/core/links/saved-view'
import { change } from '@/server/change'
import { updateSavedView } from '@/server/db/links/update-saved-view'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { mayShare, noSuchView, ownView, viewAudience, viewId, viewName, viewPath } from './saved-view-input'

/** Renames a view, points it elsewhere, or makes it the place where the console opens. */
export const changeView = change({
  name: 'changeView',
  method: 'PUT',
  path: 'saved-views/{id}',
  summary: 'Renames a saved view, points it elsewhere, or pins it; what is left out stays.',
  audit: 'view.changed',
  input: z.strictObject({
    id: viewId,
    name: viewName.optional(),
    path: viewPath.optional(),
    pinned: z.boolean().optional().describe('true: the console opens with it, and no longer with another.'),
    sharedWith: viewAudience.optional(),
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id, ...to }, { asker, note }) => {
    note({ target: `view ${id}`, after: to })
    const { sharedWith } = await ownView(asker, id)
    if (to.sharedWith !== undefined) await mayShare(asker, to.sharedWith)
    if (to.pinned && (to.sharedWith ?? sharedWith) === withEverybody && !asker.rights.admin)
      throw new AppError('forbidden', 'Only an administrator says with what the console opens for everybody.')
    if (!(await updateSavedView(database(), id, to))) throw noSuchView()
    return { id }
  },
})
