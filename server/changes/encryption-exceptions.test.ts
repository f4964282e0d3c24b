import { expect, it, test } from 'vitest'
import { everything, scopeOf, type Scope } from '@/core/scope'
import { encryptionExceptionsView } from '@/server/views/encryption-exceptions'
import { answerOf, viewDatabase } from '@/server/views/testing'
import { addEncryptionException } from './add-encryption-exception'
import { deleteEncryptionException } from './delete-encryption-exception'
import { ask } from './testing'

viewDatabase()

const day = 24 * 3_600_000
const good = () => ({
  filter: 'from:shop/web to:data/db',
  owner: 'team data',
  reason: 'driver without TLS',
  expiresAt: Date.now() + 30 * day,
})

const listed = (scope: Scope = everything) => answerOf(encryptionExceptionsView, 'encryption/exceptions', scope)

it('is kept with who made it, listed by its end and deleted', async () => {
  const late = await ask(addEncryptionException, good())
  const soon = await ask(addEncryptionException, {
    ...good(),
    owner: ' \u202eteam web ',
    expiresAt: Date.now() + day,
  })
  expect((await listed()).map(({ id, owner, createdBy }) => [id, owner, createdBy])).toEqual([
    [soon.body.id, 'team web', 'ada'],
    [late.body.id, 'team data', 'ada'],
  ])
  for (const { body } of [late, soon])
    expect((await ask(deleteEncryptionException, {}, { id: body.id })).status).toBe(200)
  expect(await listed()).toEqual([])
  expect((await ask(deleteEncryptionException, {}, { id: soon.body.id })).status).toBe(404)
})

test.each([
  ['no edges', { filter: ' ' }, 'name the edges'],
  ['a filter that cannot be read', { filter: 'port:abc' }, 'port'],
  ['nobody who answers', { owner: '' }, 'who answers'],
  ['no reason', { reason: '\u0001 ' }, 'why it is accepted'],
  ['a day that is over', { expiresAt: 1 }, 'still to come'],
  ['more than a year', { expiresAt: Date.now() + 400 * day }, 'a year at most'],
])('is refused with %s', async (_, change, words) => {
  const { status, body } = await ask(addEncryptionException, { ...good(), ...change })
  expect(status).toBe(400)
  expect(body.detail).toContain(words)
})

it('comes from pages of the console alone, and is of those who see all that it names', async () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await ask(addEncryptionException, good(), { headers: foreign })).status).toBe(403)
  const scope = scopeOf([['demo', 'shop']])
  expect((await ask(addEncryptionException, good(), { scope })).status).toBe(403)
  const { body } = await ask(addEncryptionException, good())
  expect(await listed(scope)).toEqual([])
  const own = await ask(addEncryptionException, { ...good(), filter: 'ns:shop port:25' }, { scope })
  expect((await listed(scope)).map(({ id }) => id)).toEqual([own.body.id])
  expect(
    (await ask(deleteEncryptionException, {}, { id: own.body.id, scope: scopeOf([['demo', 'data']]) })).status,
  ).toBe(404)
  expect((await ask(deleteEncryptionException, {}, { id: own.body.id, scope })).status).toBe(200)
  expect((await ask(deleteEncryptionException, {}, { id: body.id, scope })).status).toBe(404)
})
