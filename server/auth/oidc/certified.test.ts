import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LoginFailure } from '../login-failure'
import { beginLogin } from './begin-login'
import { finishLogin } from './finish-login'
import { logoutUrl, readLogoutToken } from './logout'
import { createProvider, type Provider } from './provider'
import { refreshLogin } from './refresh-login'
import { type CertifiedProvider, startCertifiedProvider } from './testing/certified-provider'

const redirectUri = 'http://127.0.0.1:3000/login/corp/callback'
let certified: CertifiedProvider
let relying: Provider
let backchannel: Server
const notices: string[] = []

beforeAll(async () => {
  backchannel = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      notices.push(new URLSearchParams(body).get('logout_token') ?? '')
      response.end()
    })
  })
  await new Promise<void>((resolve) => backchannel.listen(0, '127.0.0.1', resolve))
  const address = backchannel.address()
  const backchannelUri = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/backchannel`
  certified = await startCertifiedProvider({ redirectUri, backchannelUri })
  const { issuer, clientId, clientSecret } = certified
  const scopes = ['openid', 'profile', 'groups']
  relying = createProvider({ id: 'corp', title: 'Corp', issuer, clientId, clientSecret, scopes, groupsClaim: 'groups' })
})
afterAll(async () => {
  await certified.close()
  backchannel.close()
})

async function logIn(cookies?: Map<string, string>) {
  const { url, pending } = await beginLogin(relying, { redirectUri, returnTo: '/' })
  const back = await certified.browse(url, cookies)
  return { back, pending, loggedIn: await finishLogin(relying, pending, back) }
}

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (thrown: unknown) => (thrown instanceof LoginFailure ? thrown.problem : String(thrown)),
  )

describe('with a certified provider', () => {
  it('somebody logs in with their groups', async () => {
    certified.groups = ['shop', 'data']
    const { loggedIn } = await logIn()
    expect(loggedIn.identity).toEqual({
      issuer: certified.issuer,
      subject: 'alice',
      name: 'Alice',
      email: null,
      groups: ['shop', 'data'],
    })
    expect(loggedIn.refreshToken).not.toBeNull()
  })

  it('a code counts once', async () => {
    const { back, pending } = await logIn()
    expect(await problemOf(finishLogin(relying, pending, back))).toBe('other-browser')
  })

  it('a refresh brings the groups of now and another refresh token; the one before ends them all', async () => {
    const { loggedIn } = await logIn()
    certified.groups = ['data']
    const first = { ...loggedIn, refreshToken: loggedIn.refreshToken ?? '' }
    const after = await refreshLogin(relying, first)
    expect(after.identity.groups).toEqual(['data'])
    expect(after.refreshToken).not.toBe(first.refreshToken)
    expect(await problemOf(refreshLogin(relying, first))).toBe('session-ended')
    expect(await problemOf(refreshLogin(relying, { ...after, refreshToken: after.refreshToken ?? '' }))).toBe(
      'session-ended',
    )
  })

  it('a logout there is heard of here', async () => {
    const cookies = new Map<string, string>()
    const { loggedIn } = await logIn(cookies)
    const url = await logoutUrl(relying, loggedIn.idToken, 'http://127.0.0.1:3000/login')
    if (!url) throw new Error('the provider has a place to log out')
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const page = await fetch(url, { headers: { cookie } })
    const form = await page.text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
    for (const set of page.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const done = await fetch(new URL('/session/end/confirm', certified.issuer), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    })
    expect(done.headers.get('location')).toBe('http://127.0.0.1:3000/login')
    await expect.poll(() => notices.length).toBe(1)
    const notice = await readLogoutToken(relying, notices[0] ?? '')
    expect(notice).toMatchObject({
      issuer: certified.issuer,
      subject: 'alice',
      providerSession: loggedIn.providerSession,
    })
    expect(notice.providerSession).not.toBeNull()
  })
})
