import { z } from 'zod'
import { change } from '@/server/change'
import { updateSavedView } from '@/server/db/update-saved-view'
import { database } from '@/server/database'
import { mayChange, noSuchView, viewId, viewName, viewPath } from './saved-view-input'

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
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id, ...to }, actor) => {
    actor.note({ target: `view ${id}`, after: to })
    mayChange(actor)
    if (!(await updateSavedView(database(), id, to))) throw noSuchView()
    return { id }
  },
})
