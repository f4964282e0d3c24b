import { z } from 'zod'
import { change } from '@/server/change'
import { writeSavedView } from '@/server/db/links/write-saved-view'
import { database } from '@/server/database'
import { mayShare, viewAudience, viewName, viewPath } from './saved-view-input'

/** Keeps a place in the console under a name. */
export const saveView = change({
  name: 'saveView',
  method: 'POST',
  path: 'saved-views',
  summary: 'Keeps a page with its time range, filter and look under a name.',
  audit: 'view.saved',
  input: z.strictObject({
    name: viewName,
    path: viewPath.describe('Path and query within the console.'),
    sharedWith: viewAudience.default(''),
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async (view, { asker, note }) => {
    note({ target: view.name, after: { path: view.path, sharedWith: view.sharedWith } })
    await mayShare(asker, view.sharedWith)
    const { id: account, name: by } = asker.account
    return { id: await writeSavedView(database(), { ...view, account, by }) }
  },
})
