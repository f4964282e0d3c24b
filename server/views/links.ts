import { z } from 'zod'
import { ownerSeen } from '@/core/access/owner'
import type { LinkRow, LinksAnswer } from '@/core/links/link'
import { readLinks } from '@/server/db/links/read-links'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { maxFrozenBytes } from '@/server/link-limits'
import { mirror } from '@/server/mirror'
import { mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { millis } from './schemas/shared'

export const linkShape = {
  title: z.string(),
  path: z.string().describe('Path and query within the console.'),
  frozen: z.boolean().describe('Whether the answers of its time are kept with it.'),
  from: millis.nullable().describe('The time that a frozen link is about; null for a live one.'),
  to: millis.nullable(),
  createdBy: z.string(),
  createdAt: millis,
  expiresAt: millis.nullable().describe('null: kept until somebody deletes it.'),
}

const rowSchema = mirror<LinkRow>()(
  z.strictObject({
    id: z.number(),
    ...linkShape,
    account: z.number().nullable().describe('Who made it; null: it is older than accounts.'),
    bytes: z.number().describe('What is kept, compressed.'),
  }),
)

const linksSchema = mirror<LinksAnswer>()(
  z.strictObject({
    links: z.array(rowSchema).describe('Newest first. Their addresses are not known here: only a hash is kept.'),
    longest: z.number().nullable().describe('How long a link may be kept, in milliseconds; null is for ever.'),
    usedBytes: z.number().describe('What those listed keep.'),
    maxBytes: z.number().describe('What frozen links may keep together; 0 where they are turned off.'),
  }),
)

/** What has been shared? */
export const linksView = view({
  name: 'links',
  path: 'links',
  summary: 'Shared links of who asks, of everybody for administrators, newest first; and what there may be.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: linksSchema,
  // A link that was just made or deleted is to be seen at once.
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, _scope, asker) => {
    const links = await readLinks(database(), ownerSeen(mustBe(asker)))
    return { links, usedBytes: links.reduce((sum, { bytes }) => sum + bytes, 0) }
  },
  render: ({ links, usedBytes }): LinksAnswer => ({
    links,
    usedBytes,
    longest: env().links.maxAge ?? null,
    maxBytes: maxFrozenBytes(),
  }),
})
