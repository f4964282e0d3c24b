import { expect, it } from 'vitest'
import { noteAdmin } from '@/server/db/access/note-admin'
import { testDatabase } from '@/server/db/testing'
import { writeAccount } from '@/server/db/access/write-account'
import { localAdministrator, localLoginIsOn, logInLocally } from './local-login'
import { makeLoginCode } from './login-code'
import { LoginFailure } from './login-failure'

const database = testDatabase()
const password = 'a password of a Secret'
const hour = 3_600_000

type Over = { address?: string; password?: string | null; now?: number }
const logIn = (secret: string, { address = '192.0.2.1', password: set = password, now }: Over = {}) =>
  logInLocally(database.pool, { secret, password: () => set, address }, now).then(
    () => 'accepted',
    (thrown: unknown) => (thrown instanceof LoginFailure ? thrown.problem : String(thrown)),
  )

it('lets in by a code once, also where two bring it at the same time', async () => {
  const code = await makeLoginCode(database.pool, false)
  expect((await Promise.all([logIn(code), logIn(code)])).sort()).toEqual(['accepted', 'code-spent'])
  expect(await logIn(code)).toBe('code-spent')
})

it('keeps no code, only its hash', async () => {
  const code = await makeLoginCode(database.pool, false)
  const { rows } = await database.pool.query<{ text: string }>('select login_code::text as text from login_code')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.some(({ text }) => text.includes(code) || text.includes(Buffer.from(code).toString('hex')))).toBe(false)
})

it('lets nobody in by a code that is older than an hour', async () => {
  const now = Date.now()
  const code = await makeLoginCode(database.pool, false, now)
  expect(await logIn(code, { now: now + hour + 1 })).toBe('code-spent')
  expect(await logIn(code, { now: now + hour - 1 })).toBe('accepted')
})

it('lets in by the password of a Secret, where there is one', async () => {
  expect(await logIn(password)).toBe('accepted')
  expect(await logIn(password, { password: null })).toBe('wrong-password')
  expect(await logIn('', { password: null })).toBe('wrong-password')
})

it('takes five wrong passwords in five minutes, whichever address they come from; codes still count', async () => {
  const now = Date.now() + 10 * 60_000
  for (let i = 0; i < 5; i++)
    expect(await logIn('wrong', { address: `192.0.2.${10 + i}`, now: now + i })).toBe('wrong-password')
  expect(await logIn(password, { address: '192.0.2.99', now: now + 10 })).toBe('throttled')
  expect(await logIn(await makeLoginCode(database.pool, false, now), { now: now + 10 })).toBe('accepted')
  expect(await logIn(password, { address: '192.0.2.99', now: now + 301_000 })).toBe('accepted')
})

it('is off once somebody who may do everything logged in by a provider, but for who is on the machine', async () => {
  const [before, broken] = [await makeLoginCode(database.pool, false), await makeLoginCode(database.pool, true)]
  const account = await writeAccount(database.pool, {
    ...localAdministrator,
    issuer: 'https://idp.example',
    subject: 'ada',
  })
  expect(await localLoginIsOn(database.pool)).toBe(true)
  expect(await noteAdmin(database.pool, account)).toBe(true)
  expect(await noteAdmin(database.pool, account)).toBe(false)
  expect(await localLoginIsOn(database.pool)).toBe(false)
  const later = Date.now() + 30 * 60_000
  expect(await logIn(before, { now: later })).toBe('local-off')
  expect(await logIn(password, { now: later })).toBe('local-off')
  expect(await logIn(broken, { now: later })).toBe('accepted')
  expect(await logIn(broken, { now: later })).toBe('code-spent')
})
