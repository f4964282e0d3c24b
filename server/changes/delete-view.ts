import { z } from 'zod'
import { change } from '@/server/change'
import { deleteSavedView } from '@/server/db/links/delete-saved-view'
import { database } from '@/server/database'
import { noSuchView, ownView, viewId } from './saved-view-input'

/** Deletes a saved view. */
export const deleteView = change({
  name: 'deleteView',
  method: 'DELETE',
  path: 'saved-views/{id}',
  summary: 'Deletes a saved view.',
  audit: 'view.deleted',
  input: z.strictObject({ id: viewId }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, { asker, note }) => {
    note({ target: `view ${id}` })
    await ownView(asker, id)
    if (!(await deleteSavedView(database(), id))) throw noSuchView()
    return { id }
  },
})
