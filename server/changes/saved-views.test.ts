import { expect, it, test } from 'vitest'
import { everything, scopeOf } from '@/core/scope'
import { landingPath, savedViewsView } from '@/server/views/saved-views'
import { answerOf, viewDatabase } from '@/server/views/testing'
import { changeView } from './change-view'
import { deleteView } from './delete-view'
import { saveView } from './save-view'
import { ask } from './testing'

viewDatabase()

const saved = () => answerOf(savedViewsView, 'saved-views')
const save = async (name: string, path: string) => (await ask(saveView, { name, path })).body.id

it('is kept, listed by name, renamed, pointed elsewhere and deleted', async () => {
  const b = await save('b errors', '/services?q=error:>1%25&last=1h')
  const a = await save(' A\u202e map ', '/?lens=latency')
  expect((await saved()).map(({ name, path }) => [name, path])).toEqual([
    ['A map', '/?lens=latency'],
    ['b errors', '/services?q=error%3A%3E1%25&last=1h'],
  ])
  expect((await ask(changeView, { name: 'z' }, { id: a })).status).toBe(200)
  expect((await ask(changeView, { path: '/flows' }, { id: b })).status).toBe(200)
  expect((await saved()).map(({ name, path }) => [name, path])).toEqual([
    ['b errors', '/flows'],
    ['z', '/?lens=latency'],
  ])
  for (const id of [a, b]) expect((await ask(deleteView, {}, { id })).status).toBe(200)
  expect(await saved()).toEqual([])
  expect((await ask(deleteView, {}, { id: a })).status).toBe(404)
  expect((await ask(changeView, { name: 'x' }, { id: a })).status).toBe(404)
})

it('is where the console opens once it is pinned, one at a time', async () => {
  expect(await landingPath(everything)).toBeNull()
  const [one, other] = [await save('one', '/flows'), await save('other', '/services')]
  await ask(changeView, { pinned: true }, { id: one })
  expect(await landingPath(everything)).toBe('/flows')
  await ask(changeView, { pinned: true }, { id: other })
  expect((await saved()).filter(({ pinned }) => pinned).map(({ id }) => id)).toEqual([other])
  await ask(changeView, { pinned: false }, { id: other })
  expect(await landingPath(everything)).toBeNull()
})

it('has a name of its own', async () => {
  const id = await save('mine', '/')
  await save('yours', '/')
  expect(await ask(saveView, { name: 'mine', path: '/flows' })).toMatchObject({ status: 409 })
  expect((await ask(changeView, { name: 'yours' }, { id })).body.detail).toContain('already a view called “yours”')
})

test.each([
  [{ name: '', path: '/' }],
  [{ name: 'x'.repeat(81), path: '/' }],
  [{ name: 'x', path: 'https://evil.example/' }],
  [{ name: 'x', path: '//evil.example' }],
  [{ name: 'x', path: '/api/v1/map' }],
  [{ name: 'x' }],
])('refuses %j', async (body) => expect((await ask(saveView, body)).status).toBe(400))

it('comes from pages of the console alone, and is for those who see everything', async () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await ask(saveView, { name: 'csrf', path: '/' }, { headers: foreign })).status).toBe(403)
  const scope = scopeOf([['demo', 'shop']])
  expect(await answerOf(savedViewsView, 'saved-views', scope)).toEqual([])
  expect((await ask(saveView, { name: 'scoped', path: '/' }, { scope })).status).toBe(404)
})
