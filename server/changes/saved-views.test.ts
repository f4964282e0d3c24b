import { describe, expect, it, test } from 'vitest'
import type { Rights } from '@/core/access/rights'
import { everything, type Scope, scopeOf } from '@/core/scope'
import { askerWith } from '@/server/testing-asker'
import { landingPath, savedViewsView } from '@/server/views/saved-views'
import { answerOf, viewDatabase } from '@/server/views/testing'
import { changeView } from './change-view'
import { deleteView } from './delete-view'
import { saveView } from './save-view'
import { ask } from './testing'

viewDatabase()

const saved = async (...as: [scope?: Scope, rights?: Partial<Rights>, account?: number]) =>
  (await answerOf(savedViewsView, 'saved-views', ...as)).views
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
  expect(await landingPath(askerWith())).toBeNull()
  const [one, other] = [await save('one', '/flows'), await save('other', '/services')]
  await ask(changeView, { pinned: true }, { id: one })
  expect(await landingPath(askerWith())).toBe('/flows')
  await ask(changeView, { pinned: true }, { id: other })
  expect((await saved()).filter(({ pinned }) => pinned).map(({ id }) => id)).toEqual([other])
  await ask(changeView, { pinned: false }, { id: other })
  expect(await landingPath(askerWith())).toBeNull()
})

it('has a name of its own', async () => {
  const id = await save('mine', '/')
  await save('yours', '/')
  expect(await ask(saveView, { name: 'mine', path: '/flows' })).toMatchObject({ status: 409 })
  expect((await ask(changeView, { name: 'yours' }, { id })).body.detail).toContain('a view called “yours” already')
})

test.each([
  [{ name: '', path: '/' }],
  [{ name: 'x'.repeat(81), path: '/' }],
  [{ name: 'x', path: 'https://evil.example/' }],
  [{ name: 'x', path: '//evil.example' }],
  [{ name: 'x', path: '/api/v1/map' }],
  [{ name: 'x' }],
])('refuses %j', async (body) => expect((await ask(saveView, body)).status).toBe(400))

it('comes from pages of the console alone', async () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await ask(saveView, { name: 'csrf', path: '/' }, { headers: foreign })).status).toBe(403)
})

describe('of a person', () => {
  const scope = scopeOf([['demo', 'shop']])
  const store = { scope, rights: { teams: ['store'] } }
  const names = async (account: number, teams: readonly string[] = []) =>
    (await saved(scope, { teams }, account)).map(({ name, mine }) => `${name}${mine ? '' : ' of others'}`)

  it('is theirs alone until it is shared with their team', async () => {
    const { id } = (await ask(saveView, { name: 'ours', path: '/flows' }, { ...store, account: 7 })).body
    expect(await names(7)).toEqual(['ours'])
    expect([await names(8, ['store']), await names(9, ['money'])]).toEqual([[], []])
    for (const attempt of [{ sharedWith: 'money' }, { sharedWith: '*' }])
      expect((await ask(changeView, attempt, { ...store, account: 7, id })).status).toBe(403)
    expect((await ask(changeView, { sharedWith: 'store' }, { ...store, account: 7, id })).status).toBe(200)
    expect([await names(8, ['store']), await names(9, ['money'])]).toEqual([['ours of others'], []])
    // Who finds it may not change it, and of what they do not find nobody learns.
    for (const account of [8, 9]) {
      expect((await ask(changeView, { name: 'x' }, { ...store, account, id })).status).toBe(404)
      expect((await ask(deleteView, {}, { ...store, account, id })).status).toBe(404)
    }
    // Names are a matter of each person.
    expect((await ask(saveView, { name: 'ours', path: '/' }, { ...store, account: 8 })).status).toBe(200)
    expect((await ask(deleteView, {}, { id })).status).toBe(200)
  })

  it('opens the console for its owner; one of an administrator for everybody else', async () => {
    const own = await ask(saveView, { name: 'home', path: '/flows' }, { ...store, account: 7 })
    await ask(changeView, { pinned: true }, { ...store, account: 7, id: own.body.id })
    const all = await ask(saveView, { name: 'all', path: '/services', sharedWith: '*' })
    await ask(changeView, { pinned: true }, { id: all.body.id })
    const opens = (account: number) => landingPath(askerWith(scope, {}, account))
    expect([await opens(7), await opens(8)]).toEqual(['/flows', '/services'])
    const wide = { rights: { admin: false }, account: 9 }
    const other = await ask(saveView, { name: 'mine', path: '/sources', sharedWith: '*' }, wide)
    expect((await ask(changeView, { pinned: true }, { ...wide, id: other.body.id })).status).toBe(403)
    expect(await landingPath(askerWith(everything, {}, 1))).toBe('/services')
  })
})
