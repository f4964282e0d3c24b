import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import { makeLink } from '@/server/changes/make-link'
import { ask } from '@/server/changes/testing'
import { route } from '@/server/http'
import type { View } from '@/server/view'
import { linkView } from '@/server/views/link'
import { savedViewsView } from '@/server/views/saved-views'
import { sourcesView } from '@/server/views/sources'
import { get, viewDatabase } from '@/server/views/testing'

const folder = mkdtempSync(join(tmpdir(), 'oriel-public-'))
viewDatabase()

beforeAll(() => {
  const file = join(folder, 'oriel.yaml')
  writeFileSync(file, 'links: { public: true }\n')
  process.env.ORIEL_CONFIG = file
})
afterAll(() => {
  delete process.env.ORIEL_CONFIG
  rmSync(folder, { recursive: true })
})

const made = async (body: object) => (await ask(makeLink, { path: '/sources', ...body })).body.token

/** As somebody who is not logged in. */
const status = async <P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>, query: string, token?: string) =>
  (await route(view)(get(`${view.path}${query}`), { params: Promise.resolve(token === undefined ? {} : { token }) }))
    .status

it('a public frozen link shows what it keeps to anybody, and nothing else', async () => {
  const now = Date.now()
  const frozen = await made({ frozen: { from: now - 60_000, to: now, shown: ['sources'], nearby: ['saved-views'] } })
  const live = await made({})
  expect(await status(sourcesView, `?frozen=${frozen}`)).toBe(200)
  expect(await status(linkView, '', frozen)).toBe(200)
  // What is there now, what is somebody's, and where live links lead, needs a login.
  expect(await status(sourcesView, '')).toBe(401)
  expect(await status(savedViewsView, '')).toBe(401)
  expect(await status(linkView, '', live)).toBe(401)
  expect(await status(linkView, '', '0'.repeat(22))).toBe(401)
  expect(await status(savedViewsView, `?frozen=${frozen}`)).toBe(404)
  expect(await status(sourcesView, `?frozen=${live}`)).toBe(404)
  expect(await status(sourcesView, `?frozen=${'0'.repeat(22)}`)).toBe(404)
})
