import { z } from 'zod'
import { keepChoices, type KeepFor, placesName } from '@/core/links/link'
import { linkPath } from '@/core/links/link-path'
import { clean } from '@/core/text/text'
import { parseDuration } from '@/core/time-param'
import { type Actor, change } from '@/server/change'
import { readLinkUse } from '@/server/db/links/read-link-use'
import { writeLink } from '@/server/db/links/write-link'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import { extraRow, freeze, type Frozen } from '@/server/freeze'
import { maxFrozenBytes, maxLinkBytes, maxLinks, maxLinksPerHour } from '@/server/link-limits'
import { hashOf, newToken } from '@/server/link-token'
import { maxWindowMs } from '@/server/params'
import { processWide } from '@/server/process-wide'
import { views } from '@/server/views/all'
import { placesSchema } from '@/server/views/link'
import { millis } from '@/server/views/schemas/shared'

const questions = z.array(z.string().max(8_192, 'at most 8192 characters')).max(300, 'at most 300 questions')

const frozenSchema = z
  .strictObject({
    from: z.number().int().min(0).describe('Start of the time that the page shows, in milliseconds.'),
    to: z.number().int().min(0),
    shown: questions.describe('What the page shows: paths below /api/v1/ with their query. All of it is kept.'),
    nearby: questions.default([]).describe('What is one click away; kept as far as there is room.'),
    places: placesSchema.optional().describe('Where the nodes of the map lie, by their id.'),
  })
  .refine(({ from, to }) => to > from && to - from <= maxWindowMs, 'to must be after from, by at most 400 days')

/** Makes a link to a page, live or frozen. */
export const makeLink = change({
  name: 'makeLink',
  method: 'POST',
  path: 'links',
  summary: 'Makes a link to a page of the console: live, or frozen with the answers that the page shows.',
  audit: 'link.made',
  input: z.strictObject({
    title: z.string().max(500, 'at most 500 characters').default(''),
    path: z.string().max(8_192, 'at most 8192 characters').describe('Path and query within the console.'),
    keepFor: z.enum(keepChoices).default('30d').describe('At most as long as links.maxAge allows.'),
    frozen: frozenSchema.optional().describe('Makes a frozen link; without it the link is live.'),
  }),
  answer: z.strictObject({
    id: z.number(),
    token: z.string().describe('Told this once: only its hash is kept. The address is /l/<token>.'),
    expiresAt: millis.nullable(),
    bytes: z.number(),
    leftOut: z.number().describe('Questions that a frozen link keeps no answer to.'),
  }),
  run: async ({ title, path: asked, keepFor, frozen }, actor) => {
    actor.note({ target: title || asked, after: { path: asked, kind: frozen ? 'frozen' : 'live', keepFor } })
    const path = linkPath(asked)
    if (path === null) throw new AppError('invalid', 'path: give path and query of a page of this console.')
    const room = await roomFor(frozen !== undefined)
    const kept = frozen ? await oneOfTwo(() => keep(frozen, actor, room)) : { rows: [], leftOut: 0 }
    const token = newToken()
    const expiresAt = expiryOf(keepFor, Date.now())
    const id = await writeLink(database(), {
      tokenHash: hashOf(token),
      title: clean(title, 200),
      path,
      window: frozen ?? null,
      createdBy: actor.name,
      account: actor.asker.account.id,
      expiresAt,
      answers: kept.rows,
    })
    actor.note({ target: `link ${id}, ${title || path}` })
    const bytes = kept.rows.reduce((sum, { body }) => sum + body.length, 0)
    return { id, token, expiresAt, bytes, leftOut: kept.leftOut }
  },
})

/** Bytes that a new frozen link may take. Throws AppError where there may be no further link. */
async function roomFor(frozen: boolean): Promise<number> {
  const { links, bytes, lastHour } = await readLinkUse(database())
  if (links >= maxLinks) throw new AppError('conflict', `There are ${maxLinks} links. Delete some first.`)
  if (lastHour >= maxLinksPerHour)
    throw new AppError('too_many', `${maxLinksPerHour} links were made within the last hour. Try again later.`)
  if (!frozen) return 0
  const max = maxFrozenBytes()
  if (max === 0) throw new AppError('forbidden', 'Frozen links are turned off here (links.maxMegabytes).')
  if (bytes >= max)
    throw new AppError('conflict', 'Frozen links have used up their room. Delete some, or raise links.maxMegabytes.')
  return Math.min(maxLinkBytes, max - bytes)
}

async function keep(frozen: z.output<typeof frozenSchema>, { scope }: Actor, room: number): Promise<Frozen> {
  const places = frozen.places ? [await extraRow(placesName, frozen.places)] : []
  const used = places.reduce((sum, { body }) => sum + body.length, 0)
  const { rows, leftOut } = await freeze(views, frozen, scope, room - used)
  return { rows: [...rows, ...places], leftOut }
}

function expiryOf(keepFor: KeepFor, now: number): number | null {
  const longest = env().links.maxAge ?? Number.POSITIVE_INFINITY
  const ms = Math.min(longest, parseDuration(keepFor) ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(ms) ? now + ms : null
}

/** Freezing loads much; more than two at once are told to wait. */
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  const running = processWide('freezing', () => ({ count: 0 }))
  if (running.count >= 2)
    throw new AppError('too_many', 'Two frozen links are being made just now. Try again in a moment.')
  running.count++
  try {
    return await work()
  } finally {
    running.count--
  }
}
