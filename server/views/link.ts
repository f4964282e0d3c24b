import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import { type LinkRow, type OpenedLink, type Places, placesName } from '@/core/links/link'
import type { Asker } from '@/core/access/asker'
import { writeAudit } from '@/server/audit'
import { meansOf } from '@/server/audited'
import { readFrozenAnswer } from '@/server/db/links/read-frozen-answer'
import { readLink } from '@/server/db/links/read-link'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { goneLink } from '@/server/frozen'
import { hashOf, isToken } from '@/server/link-token'
import { mirror } from '@/server/mirror'
import { mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { pastTheWall } from '@/server/wall'
import { linkShape } from './links'

const inflate = promisify(gunzip)

export const placesSchema = z.record(z.string().max(2_000), z.tuple([z.number(), z.number()]))

const openedSchema = mirror<OpenedLink>()(
  z.strictObject({
    ...linkShape,
    places: placesSchema.nullable().describe('Where the nodes of a frozen map lay, by their id.'),
  }),
)

/** Where does a shared link lead? */
export const linkView = view({
  name: 'link',
  path: 'links/by-token/{token}',
  summary: 'Where a shared link leads.',
  quick: true,
  toAnybody: async (query) => isPublicLink(query.get('token') ?? ''),
  // Who opened what was frozen is in the audit.
  personal: true,
  params: z.strictObject({
    token: z.string().max(100, 'give the token of a link').describe('What follows /l/ in the address of the link.'),
  }),
  answer: openedSchema,
  // Who deletes a link has to be sure that it is gone.
  maxAgeMs: 0,
  settle: async ({ token }) => token,
  // The token is the permission.
  load: (token, _scope, asker) =>
    pastTheWall(
      () => readOpened(token, mustBe(asker)),
      (opened) => opened,
    ),
  render: ({ link, places }): OpenedLink => {
    const { id: _id, account: _account, bytes: _bytes, ...told } = link
    return { ...told, places }
  },
})

const tellOpening = ({ id, title, path }: LinkRow, { account, by }: Asker) =>
  writeAudit({
    action: 'link.opened',
    actor: { account: account.id, name: account.name },
    ...meansOf(by),
    target: `link ${id}, ${title || path}`,
    result: 'done',
    requestId: null,
    from: '',
  })

async function readOpened(token: string, asker: Asker) {
  const link = await followLink(token)
  if (!link) throw goneLink()
  if (link.frozen) await tellOpening(link, asker)
  return { link, places: link.frozen ? await readPlaces(token) : null }
}

/** Whether a token is that of a frozen link that is shown to who is not logged in. */
export const isPublicLink = async (token: string): Promise<boolean> =>
  env().links.public && (await followLink(token))?.frozen === true

/** The link of a token; null where it leads nowhere. */
export const followLink = async (token: string): Promise<LinkRow | null> =>
  isToken(token) ? readLink(database(), hashOf(token)) : null

async function readPlaces(token: string): Promise<Places | null> {
  const place = { tokenHash: hashOf(token), question: hashOf(placesName), from: null, to: null }
  const found = await readFrozenAnswer(database(), place)
  if (!found?.body) return null
  const parsed = placesSchema.safeParse(JSON.parse((await inflate(found.body)).toString('utf8')))
  return parsed.success ? parsed.data : null
}
