import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeLoginCode } from '@/server/auth/login-code'
import { LoginFailure } from '@/server/auth/login-failure'
import { type FaultProvider, startFaultProvider } from '@/server/auth/oidc/testing/fault-provider'
import { ownDatabase } from '@/server/database'
import { testDatabase } from '@/server/db/testing'
import { backchannelRoute } from './backchannel'
import { beginRoute } from './begin'
import { callbackRoute } from './callback'
import { loginChoices } from './choices'
import { localRoute } from './local'
import { logoutRoute } from './logout'
import { checkEncrypted } from './step'
import { whoIsHere } from './who'

// Behind a proxy that speaks TLS: people know the console by another address than the process does.
const origin = 'https://oriel.example.org'
const inside = 'http://10.0.0.7:3000'
const password = 'a password of a Secret'
const test = testDatabase()
const dir = mkdtempSync(join(tmpdir(), 'oriel-login-'))
let idp: FaultProvider

beforeAll(async () => {
  idp = await startFaultProvider('oriel')
  writeFileSync(join(dir, 'password'), `${password}\n`)
  const config = {
    stateDir: dir,
    web: { url: origin },
    kubernetes: { enabled: false, userPrefix: 'oidc:{provider}:' },
    auth: {
      providers: [
        { id: 'corp', title: 'Corp', issuer: idp.issuer, clientId: 'oriel', groupsPrefix: 'corp:' },
        { id: 'away', issuer: 'http://127.0.0.1:1', clientId: 'oriel', groupsPrefix: 'away:' },
      ],
      adminPasswordFile: join(dir, 'password'),
      roles: { viewer: ['corp:shop'], admin: ['corp:admins'] },
      trustedProxies: ['10.0.0.0/8'],
    },
  }
  // JSON is YAML.
  writeFileSync(join(dir, 'oriel.yaml'), JSON.stringify(config))
  Object.assign(process.env, { ORIEL_CONFIG: join(dir, 'oriel.yaml'), ORIEL_DATABASE_URL: test.url })
})
afterAll(async () => {
  await ownDatabase().end()
  await idp.close()
  rmSync(dir, { recursive: true })
})
beforeEach(() => {
  idp.faults = {}
})

type Sent = { readonly cookie?: string; readonly from?: string; readonly headers?: Record<string, string> }

const asked = (path: string, { cookie, from = '192.0.2.1', headers = {} }: Sent = {}, init: RequestInit = {}) =>
  new Request(`${inside}${path}`, {
    ...init,
    headers: {
      host: 'oriel.example.org',
      'x-oriel-peer': '10.0.0.9',
      'x-forwarded-for': from,
      ...(cookie && { cookie }),
      ...headers,
    },
  })

const of = (provider: string) => ({ params: Promise.resolve({ provider }) })
const cookieOf = (response: Response, name: string) =>
  response.headers.getSetCookie().find((one) => one.startsWith(`${name}=`)) ?? ''
const pair = (setCookie: string) => setCookie.split(';')[0] ?? ''

async function logIn(sent: Sent = {}, to = '/services') {
  const begun = await beginRoute(asked(`/login/begin/corp?to=${encodeURIComponent(to)}`, sent), of('corp'))
  const url = new URL(begun.headers.get('location') ?? '')
  idp.nonce = url.searchParams.get('nonce') ?? ''
  const pending = pair(cookieOf(begun, '__Host-oriel-login'))
  const path = `/login/callback/corp?code=c&state=${url.searchParams.get('state')}`
  const done = await callbackRoute(
    asked(path, { ...sent, cookie: [sent.cookie, pending].filter(Boolean).join('; ') }),
    of('corp'),
  )
  return { begun, url, done, session: cookieOf(done, '__Host-oriel'), to: done.headers.get('location') }
}

const sendPassword = (secret: string, sent: Sent = {}, by = 'form') =>
  localRoute(
    asked(
      '/login/local',
      { ...sent, headers: { origin, ...sent.headers } },
      {
        method: 'POST',
        body: new URLSearchParams({ secret, to: '/flows', by }),
      },
    ),
  )
const who = (cookie: string) => whoIsHere(asked('/', { cookie: pair(cookie) }).headers)

describe('a login at a provider', () => {
  it('goes by the address that people know, and its cookies never go without TLS', async () => {
    const { begun, url, session, to } = await logIn()
    expect(url.searchParams.get('redirect_uri')).toBe(`${origin}/login/callback/corp`)
    expect(cookieOf(begun, '__Host-oriel-login')).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/)
    expect(session).toMatch(/^__Host-oriel=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/)
    expect(to).toBe('/services')
    expect(await who(session)).toMatchObject({ name: 'Alice', by: 'Logged in with Corp', isOpen: false })
  })

  it('always has a token of its own; the session that the browser had ends', async () => {
    const first = await logIn()
    const second = await logIn({ cookie: pair(first.session) })
    expect(pair(second.session)).not.toBe(pair(first.session))
    expect(await who(first.session)).toBeNull()
    expect(await who(second.session)).not.toBeNull()
    const planted = `__Host-oriel=${'x'.repeat(43)}`
    expect(pair((await logIn({ cookie: planted })).session)).not.toBe(planted)
    expect(await who(planted)).toBeNull()
  })

  it('leads to the login page where it fails, with a word that is known and with where it was to lead', async () => {
    idp.faults = { claims: { groups: undefined } }
    expect((await logIn()).to).toBe('/login?problem=groups-unknown&to=%2Fservices')
    const away = await beginRoute(asked('/login/begin/away?to=/flows'), of('away'))
    expect(away.headers.get('location')).toBe('/login?problem=provider-away&to=%2Fflows')
    const unknown = await beginRoute(asked('/login/begin/x?to=//evil.example'), of('x'))
    expect(unknown.headers.get('location')).toBe('/login?problem=unknown-provider')
    const nobodys = await callbackRoute(asked('/login/callback/corp?code=c&state=forged'), of('corp'))
    expect(nobodys.headers.get('location')).toBe('/login?problem=other-browser')
  })

  it('tells who has no role that they have none', async () => {
    idp.faults = { claims: { groups: ['others'] } }
    const { session } = await logIn()
    expect(await who(session)).toMatchObject({ role: 'Sees nothing yet, changes nothing' })
    const choices = await loginChoices(asked('/login', { cookie: pair(session) }).headers)
    expect(choices.who).toEqual({ name: 'Alice', hasRole: false })
  })

  it('keeps one secret of a browser for all its tabs', async () => {
    const first = await beginRoute(asked('/login/begin/corp'), of('corp'))
    const cookie = pair(cookieOf(first, '__Host-oriel-login'))
    const second = await beginRoute(asked('/login/begin/corp', { cookie }), of('corp'))
    expect(pair(cookieOf(second, '__Host-oriel-login'))).toBe(cookie)
  })
})

it('a login is begun by going there alone, not by a picture or a script of another page', async () => {
  const begun = async (mode: string | null) => {
    const headers: Record<string, string> = mode === null ? {} : { 'sec-fetch-mode': mode }
    const answer = await beginRoute(asked('/login/begin/corp', { headers }), of('corp'))
    return [answer.status, answer.headers.getSetCookie().length]
  }
  for (const mode of ['navigate', null]) expect(await begun(mode)).toEqual([303, 1])
  for (const mode of ['no-cors', 'cors']) expect(await begun(mode)).toEqual([400, 0])
})

describe('a logout', () => {
  const logOut = (cookie: string, headers: Record<string, string> = { origin }) =>
    logoutRoute(
      asked(
        '/logout',
        { cookie: pair(cookie), headers: { 'content-type': 'application/json', ...headers } },
        {
          method: 'POST',
          body: '{}',
        },
      ),
    )

  it('ends the session here and goes on to the provider', async () => {
    const { session } = await logIn()
    const answer = await logOut(session)
    const { to } = (await answer.json()) as { to: string }
    expect(to.startsWith(`${idp.issuer}/logout?`)).toBe(true)
    expect(new URL(to).searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/login`)
    expect(new URL(to).searchParams.get('id_token_hint')?.split('.')).toHaveLength(3)
    expect(cookieOf(answer, '__Host-oriel')).toMatch(/^__Host-oriel=; .*Max-Age=0/)
    expect(await who(session)).toBeNull()
  })

  it('is taken from this console’s own pages only', async () => {
    const { session } = await logIn()
    expect((await logOut(session, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await logOut(session, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await who(session)).not.toBeNull()
  })

  const tell = (token: string, from?: string, provider = 'corp') =>
    backchannelRoute(
      asked(
        '/login/backchannel/corp',
        { ...(from && { from }) },
        {
          method: 'POST',
          body: new URLSearchParams({ logout_token: token }),
        },
      ),
      of(provider),
    )
  const notice = (jti: string) => {
    const now = Math.floor(Date.now() / 1000)
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    return idp.sign({ iss: idp.issuer, aud: 'oriel', sub: 'alice', iat: now, exp: now + 120, jti, events })
  }

  it('that the provider tells ends sessions, and each notice counts once', async () => {
    const { session } = await logIn()
    const token = await notice('once')
    expect((await tell(token)).status).toBe(200)
    expect(await who(session)).toBeNull()
    const again = await logIn()
    expect((await tell(token)).status).toBe(400)
    expect(await who(again.session)).not.toBeNull()
    expect((await tell(await notice('of-another'), undefined, 'away')).status).toBe(400)
    expect(await who(again.session)).not.toBeNull()
  })

  it('that strangers tell is soon refused in whole; the provider’s own is taken, from their address too', async () => {
    const from = '203.0.113.66'
    for (let i = 0; i < 20; i++) expect((await tell('gibberish', from)).status).toBe(400)
    expect((await tell('gibberish', from)).status).toBe(429)
    expect((await tell(await notice('in-time'), from)).status).toBe(200)
  })
})

describe('the local administrator', () => {
  it('logs in by the password, from a form of this console only', async () => {
    const done = await sendPassword(password)
    expect(done.headers.get('location')).toBe('/flows')
    expect(await who(cookieOf(done, '__Host-oriel'))).toMatchObject({ name: 'the local administrator' })
    const foreign: readonly Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      const answer = await sendPassword(password, { headers })
      expect(answer.headers.get('location')).toBe('/login?problem=elsewhere')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  it('who opened a link is told of the link, and of no password', async () => {
    const answer = await sendPassword('no-code', {}, 'link')
    expect(answer.headers.get('location')).toBe('/login?problem=link-wrong&to=%2Fflows')
    await test.pool.query('delete from login_throttle')
  })

  it('is throttled by the address that the proxy tells, whatever a client says of itself', async () => {
    for (let i = 0; i < 5; i++) {
      const answer = await sendPassword('wrong', { from: `1.1.1.${i}, 203.0.113.5` })
      expect(answer.headers.get('location')).toBe('/login?problem=wrong-password&to=%2Fflows')
    }
    const { rows } = await test.pool.query(
      `select key, failures from login_throttle where key like 'from:%' order by key`,
    )
    expect(rows).toEqual([{ key: 'from:203.0.113.5', failures: 5 }])
    const answer = await sendPassword(password, { from: '9.9.9.9, 203.0.113.5' })
    expect(answer.headers.get('location')).toBe('/login?problem=throttled&to=%2Fflows')
    await test.pool.query('delete from login_throttle')
  })

  it('is told so where the password cannot be read, and by a code is let in all the same', async () => {
    rmSync(join(dir, 'password'))
    try {
      const answer = await sendPassword(password)
      expect(answer.headers.get('location')).toBe('/login?problem=password-unread&to=%2Fflows')
      const code = await makeLoginCode(test.pool, true)
      expect((await sendPassword(code)).headers.get('location')).toBe('/flows')
    } finally {
      writeFileSync(join(dir, 'password'), `${password}\n`)
      await test.pool.query('delete from login_throttle')
    }
  })

  it('is offered until somebody who may do everything logged in by a provider', async () => {
    const offered = async () => (await loginChoices(asked('/login').headers)).local
    expect(await offered()).toBe('password')
    idp.faults = { claims: { groups: ['admins'] } }
    expect((await logIn()).to).toBe('/services')
    expect(await offered()).toBeNull()
    expect((await sendPassword(password)).headers.get('location')).toBe('/login?problem=local-off&to=%2Fflows')
  })
})

it('over plain HTTP beyond this machine nobody logs in, unless that is configured', () => {
  const visit = { origin: 'http://oriel.example.org', isOpen: true, address: '', agent: '' }
  expect(() => checkEncrypted(visit, false)).toThrow(LoginFailure)
  expect(() => checkEncrypted(visit, true)).not.toThrow()
  expect(() => checkEncrypted({ ...visit, isOpen: false }, false)).not.toThrow()
})
