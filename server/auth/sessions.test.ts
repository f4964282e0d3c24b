import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '@/server/db/testing'
import { endSessions } from '@/server/db/access/end-sessions'
import { pruneAccess } from '@/server/db/access/prune-access'
import { writeLogoutNotice } from '@/server/db/access/write-logout-notice'
import { LoginFailure } from './login-failure'
import { checkThrottle, closeLogin, noteFailure, openLogin } from './logins'
import { createProvider } from './oidc/provider'
import { type FaultProvider, startFaultProvider } from './oidc/testing/fault-provider'
import { keepSession, opened, type SessionKeeper, startSession } from './sessions'

const clientId = 'oriel'
const database = testDatabase()
const limits = { idleMs: 8 * 3_600_000, absoluteMs: 7 * 86_400_000, refreshMs: 600_000, rotateMs: 600_000 }
const from = { address: '127.0.0.1', agent: 'Chromium \u001b[31m' }
const minute = 60_000
let idp: FaultProvider
let keeper: SessionKeeper

beforeAll(async () => {
  idp = await startFaultProvider(clientId)
  const config = { title: 'Corp', issuer: idp.issuer, clientId, scopes: ['openid'], groupsClaim: 'groups' }
  const providers = new Map(['corp', 'other'].map((id) => [id, createProvider({ ...config, id })]))
  keeper = { pool: database.pool, limits, keys: [randomBytes(32)], provider: (id) => providers.get(id) ?? null }
})
afterAll(() => idp.close())
beforeEach(() => {
  idp.faults = {}
})

const logins = () => ({ ...keeper, redirectUri: (id: string) => `http://127.0.0.1:3000/login/${id}/callback` })

/** What the provider would send the browser to, after somebody asked to log in. */
async function begin(browser: string, asked: { provider?: string; returnTo?: string } = {}, now?: number) {
  const url = await openLogin(logins(), { provider: 'corp', returnTo: '/services', browser, ...asked }, now)
  idp.nonce = url.searchParams.get('nonce') ?? ''
  return new URL(`${url.searchParams.get('redirect_uri')}?code=c&state=${url.searchParams.get('state')}`)
}

async function logIn(now?: number) {
  const url = await begin('browser', {}, now)
  const { loggedIn } = await closeLogin(logins(), { provider: 'corp', url, browser: 'browser' }, now)
  return (await startSession(keeper, { identity: loggedIn.identity, provider: 'corp', loggedIn }, from, now)).token
}

const problemOf = (login: Promise<unknown>) =>
  login.then(
    () => 'accepted',
    (thrown: unknown) => (thrown instanceof LoginFailure ? thrown.problem : String(thrown)),
  )

describe('a login', () => {
  it('leads back to where somebody was', async () => {
    const url = await begin('b', { returnTo: '/flows?q=ns:shop' })
    expect((await closeLogin(logins(), { provider: 'corp', url, browser: 'b' })).returnTo).toBe('/flows?q=ns:shop')
    const elsewhere = await begin('b', { returnTo: '//evil.example' })
    expect((await closeLogin(logins(), { provider: 'corp', url: elsewhere, browser: 'b' })).returnTo).toBe('/')
  })

  it('counts once, also where two bring it at the same time', async () => {
    const url = await begin('b')
    const both = [1, 2].map(() => problemOf(closeLogin(logins(), { provider: 'corp', url, browser: 'b' })))
    expect((await Promise.all(both)).sort()).toEqual(['accepted', 'other-browser'])
  })

  it('is nobody else’s: another browser that is made to bring it is not logged in, and it is spent', async () => {
    const url = await begin('mallory')
    expect(await problemOf(closeLogin(logins(), { provider: 'corp', url, browser: 'alice' }))).toBe('other-browser')
    expect(await problemOf(closeLogin(logins(), { provider: 'corp', url, browser: null }))).toBe('other-browser')
    expect(await problemOf(closeLogin(logins(), { provider: 'corp', url, browser: 'mallory' }))).toBe('other-browser')
  })

  it('may be under way in two tabs', async () => {
    const first = await begin('b')
    const nonce = idp.nonce
    const second = await begin('b')
    expect(await problemOf(closeLogin(logins(), { provider: 'corp', url: second, browser: 'b' }))).toBe('accepted')
    idp.nonce = nonce
    expect(await problemOf(closeLogin(logins(), { provider: 'corp', url: first, browser: 'b' }))).toBe('accepted')
  })

  it('is over after ten minutes', async () => {
    const url = await begin('b', {}, Date.now() - 11 * minute)
    expect(await problemOf(closeLogin(logins(), { provider: 'corp', url, browser: 'b' }))).toBe('expired')
  })

  it('that was begun with one provider does not end at the address of another', async () => {
    const url = await begin('b')
    expect(await problemOf(closeLogin(logins(), { provider: 'other', url, browser: 'b' }))).toBe('token-invalid')
  })

  it('is throttled by name and address after five failures, for five minutes', async () => {
    const now = Date.now()
    for (let i = 0; i < 4; i++) await noteFailure(database.pool, ['name:admin', 'from:10.0.0.1'], now)
    await checkThrottle(database.pool, ['name:admin'], now)
    await noteFailure(database.pool, ['name:admin', `from:10.0.0.${2}`], now)
    expect(await problemOf(checkThrottle(database.pool, ['name:admin', 'from:10.9.9.9'], now))).toBe('throttled')
    expect(await problemOf(checkThrottle(database.pool, ['from:10.0.0.1'], now))).toBe('accepted')
    expect(await problemOf(checkThrottle(database.pool, ['name:admin'], now + 6 * minute))).toBe('accepted')
  })
})

describe('a session', () => {
  it('is known by its token, of which only a hash is kept', async () => {
    const token = await logIn()
    const kept = await keepSession(keeper, token)
    expect(kept).toMatchObject({
      token: null,
      session: { subject: 'alice', name: 'Alice', groups: ['shop'], provider: 'corp' },
    })
    const { rows } = await database.pool.query('select s::text as text from session s')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain('refresh"')
    expect(JSON.stringify(rows)).not.toContain('\\u001b')
    expect(kept && opened(keeper.keys, kept.session)?.refreshToken).toBe('refresh')
  })

  it('is not there for a token that nobody gave', async () => {
    expect(await keepSession(keeper, 'nothing')).toBeNull()
  })

  it('gets another token every ten minutes, and the old one lasts for a minute', async () => {
    const began = Date.now()
    const first = await logIn(began)
    const later = began + 11 * minute
    const second = (await keepSession(keeper, first, { now: later }))?.token ?? ''
    expect(second).not.toBe('')
    expect(await keepSession(keeper, first, { now: later + 30_000 })).toMatchObject({ token: null })
    expect(await keepSession(keeper, second, { now: later + 30_000 })).not.toBeNull()
    expect(await keepSession(keeper, first, { now: later + 2 * minute })).toBeNull()
  })

  it('gets one new token where two requests come at once', async () => {
    const began = Date.now()
    const token = await logIn(began)
    const both = await Promise.all([1, 2].map(() => keepSession(keeper, token, { now: began + 11 * minute })))
    expect(both.filter((kept) => kept?.token)).toHaveLength(1)
    expect(both.every((kept) => kept !== null)).toBe(true)
  })

  it('ends when nobody uses it, and at its time at the latest', async () => {
    const began = Date.now()
    const idle = await logIn(began)
    expect(await keepSession(keeper, idle, { now: began + limits.idleMs + minute })).toBeNull()
    let token = await logIn(began)
    for (let at = began; at < began + limits.absoluteMs; at += limits.idleMs / 2)
      token = (await keepSession(keeper, token, { now: at }))?.token ?? token
    expect(await keepSession(keeper, token, { now: began + limits.absoluteMs + 1 })).toBeNull()
  })

  it('has the groups of now: they are asked for again every ten minutes', async () => {
    const began = Date.now()
    const token = await logIn(began)
    idp.faults = { claims: { groups: ['data'], nonce: undefined } }
    expect((await keepSession(keeper, token, { now: began + 9 * minute }))?.session.groups).toEqual(['shop'])
    expect((await keepSession(keeper, token, { now: began + 11 * minute }))?.session.groups).toEqual(['data'])
  })

  it('ends when the provider takes the login back', async () => {
    const began = Date.now()
    const token = await logIn(began)
    idp.faults = { answer: { status: 400, body: '{"error":"invalid_grant"}' } }
    expect(await keepSession(keeper, token, { now: began + 11 * minute })).toBeNull()
    idp.faults = {}
    expect(await keepSession(keeper, token, { now: began + 11 * minute })).toBeNull()
  })

  it('is asked about once, however many requests come: a refresh token counts once', async () => {
    const began = Date.now()
    const token = await logIn(began)
    const asked = idp.asked()
    idp.faults = { claims: { groups: ['data'], nonce: undefined } }
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => keepSession(keeper, token, { now: began + 11 * minute })))
    expect(all.every((kept) => kept !== null)).toBe(true)
    expect(idp.asked() - asked).toBe(1)
    expect((await keepSession(keeper, token, { now: began + 11 * minute }))?.session.groups).toEqual(['data'])
  })

  it('does not wait for a provider that is away at each request', async () => {
    const began = Date.now()
    const token = await logIn(began)
    idp.faults = { answer: { status: 503, body: '' } }
    const asked = idp.asked()
    for (let i = 0; i < 5; i++)
      expect(await keepSession(keeper, token, { mayRotate: false, now: began + 11 * minute + i })).not.toBeNull()
    expect(idp.asked() - asked).toBe(1)
    idp.faults = { claims: { groups: ['data'], nonce: undefined } }
    const later = await keepSession(keeper, token, { mayRotate: false, now: began + 12 * minute })
    expect(later?.session.groups).toEqual(['data'])
  })

  it('ends within twelve hours where the provider cannot be asked again', async () => {
    const began = Date.now()
    idp.faults = { response: { refresh_token: undefined } }
    let token = await logIn(began)
    const at = (hours: number) => began + hours * 60 * minute
    for (const hours of [4, 8, 11]) token = (await keepSession(keeper, token, { now: at(hours) }))?.token ?? token
    expect(await keepSession(keeper, token, { now: at(11.9) })).not.toBeNull()
    expect(await keepSession(keeper, token, { now: at(12.1) })).toBeNull()
  })

  it('outlives a provider that is away, for an hour', async () => {
    const began = Date.now()
    let token = await logIn(began)
    idp.faults = { answer: { status: 503, body: '' } }
    const kept = await keepSession(keeper, token, { now: began + 30 * minute })
    expect(kept).not.toBeNull()
    token = kept?.token ?? token
    expect(await keepSession(keeper, token, { now: began + 80 * minute })).toBeNull()
  })

  it('outlives a fault of our own while the provider is asked, for an hour', async () => {
    const now = Date.now()
    let token = await logIn(now)
    const provider = keeper.provider('corp')
    if (!provider) throw new Error('corp is there')
    // As where two copies of the client's package are loaded: the object of one is none to the other.
    const broken = { ...keeper, provider: () => ({ ...provider, metadata: async () => Object.create(null) }) }
    for (const one of [broken, keeper]) {
      const kept = await keepSession(one, token, { now: now + 11 * minute })
      expect(kept).not.toBeNull()
      token = kept?.token ?? token
    }
    expect(await keepSession(broken, token, { now: now + 90 * minute })).toBeNull()
  })

  it('ends where the key of its secrets is gone', async () => {
    const began = Date.now()
    const token = await logIn(began)
    expect(await keepSession({ ...keeper, keys: [randomBytes(32)] }, token, { now: began + 11 * minute })).toBeNull()
  })

  it('ends by a notice of the provider: one of its sessions, or all of an account', async () => {
    const tokens = [await logIn(), await logIn()]
    const { issuer } = idp
    expect(await endSessions(database.pool, { issuer, subject: 'alice', providerSession: 'another' })).toEqual([])
    expect(await endSessions(database.pool, { issuer, subject: null, providerSession: null })).toEqual([])
    expect(
      await endSessions(database.pool, {
        issuer: 'https://elsewhere.example',
        subject: 'alice',
        providerSession: null,
      }),
    ).toEqual([])
    expect(
      (await endSessions(database.pool, { issuer, subject: 'alice', providerSession: null })).length,
    ).toBeGreaterThanOrEqual(2)
    for (const token of tokens) expect(await keepSession(keeper, token)).toBeNull()
    expect(await writeLogoutNotice(database.pool, issuer, 'jti', Date.now() + minute)).toBe(true)
    expect(await writeLogoutNotice(database.pool, issuer, 'jti', Date.now() + minute)).toBe(false)
  })

  it('is forgotten once it is over', async () => {
    await logIn()
    expect(await pruneAccess(database.pool, Date.now() + limits.absoluteMs + minute)).toBeGreaterThan(0)
    expect((await database.pool.query('select from session')).rowCount).toBe(0)
  })
})
