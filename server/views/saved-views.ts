import { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import { type SavedView, type SavedViews, withEverybody } from '@/core/links/saved-view'
import { readSavedViews } from '@/server/db/links/read-saved-views'
import { database } from '@/server/database'
import { mirror } from '@/server/mirror'
import { loadTeams } from '@/server/teams'
import { mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { millis } from './schemas/shared'
import { selfOf } from '@/core/access/owner'

export const savedViewSchema = mirror<SavedView>()(
  z.strictObject({
    id: z.number(),
    name: z.string(),
    path: z.string().describe('Path and query within the console.'),
    pinned: z.boolean().describe('The console opens with it: for who made it, or for everybody where it is shared so.'),
    createdAt: millis,
    by: z.string().describe('Who made it; empty for one that is older than accounts.'),
    mine: z.boolean().describe('Whether who asks may change it.'),
    sharedWith: z.string().describe('Name of a team, `*` for everybody, empty for nobody.'),
  }),
)

const savedViewsSchema = mirror<SavedViews>()(
  z.strictObject({
    views: z.array(savedViewSchema),
    shareWith: z.array(z.string()).describe('With whom who asks may share theirs: names of teams, `*` for everybody.'),
  }),
)

const loadViews = (asker: Asker): Promise<readonly SavedView[]> =>
  readSavedViews(database(), {
    account: selfOf(asker),
    teams: asker.rights.teams,
    admin: asker.rights.admin,
  })

/** With whom somebody may share: their teams; everybody, where what they name is nothing that others may not see anyway. */
export const audiences = async ({ rights }: Asker): Promise<readonly string[]> => [
  ...(rights.teams ?? (await loadTeams()).map(({ name }) => name)),
  ...(rights.sees.all ? [withEverybody] : []),
]

/** Which places has somebody named? Their own, and those that are shared with them. */
export const savedViewsView = view({
  name: 'savedViews',
  path: 'saved-views',
  summary: 'Named places in the console, in the order of their names.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: savedViewsSchema,
  // A view that was just saved or deleted is to be seen at once.
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, _scope, asker) => {
    const who = mustBe(asker)
    return { views: await loadViews(who), shareWith: await audiences(who) }
  },
  render: ({ views, shareWith }): z.infer<typeof savedViewsSchema> => ({
    views: [...views],
    shareWith: [...shareWith],
  }),
})

/** Where the console opens for somebody: their pinned view, else that of everybody, else null. Never fails: the map is there in any case. */
export async function landingPath(asker: Asker | null): Promise<string | null> {
  try {
    const pinned = asker ? (await loadViews(asker)).filter((saved) => saved.pinned) : []
    const own = pinned.find(({ sharedWith, mine }) => mine && sharedWith !== withEverybody)
    return (own ?? pinned.find(({ sharedWith }) => sharedWith === withEverybody))?.path ?? null
  } catch {
    return null
  }
}
