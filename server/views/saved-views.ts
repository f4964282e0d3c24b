import { z } from 'zod'
import type { SavedView } from '@/core/saved-view'
import type { Scope } from '@/core/scope'
import { readSavedViews } from '@/server/db/read-saved-views'
import { database } from '@/server/database'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { millis } from './schemas/shared'

export const savedViewSchema = mirror<SavedView>()(
  z.strictObject({
    id: z.number(),
    name: z.string(),
    path: z.string().describe('Path and query within the console.'),
    pinned: z.boolean().describe('The console opens with it.'),
    createdAt: millis,
  }),
)

/** Which places has somebody named? Filters name what lies in any scope, so only who sees everything sees them. */
const loadSavedViews = async (scope: Scope): Promise<readonly SavedView[]> =>
  scope.all ? readSavedViews(database()) : []

export const savedViewsView = view({
  name: 'savedViews',
  path: 'saved-views',
  summary: 'Named places in the console, in the order of their names.',
  quick: true,
  params: z.strictObject({}),
  answer: z.array(savedViewSchema),
  // A view that was just saved or deleted is to be seen at once.
  maxAgeMs: 0,
  settle: async () => null,
  load: (_, scope) => loadSavedViews(scope),
  render: (saved) => [...saved],
})

/** Where the console opens: the pinned view, else null. Never fails: the map is there in any case. */
export async function landingPath(scope: Scope): Promise<string | null> {
  try {
    const pinned = (await loadSavedViews(scope)).find((saved) => saved.pinned)
    return pinned?.path ?? null
  } catch {
    return null
  }
}
