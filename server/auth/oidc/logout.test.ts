import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logoutUrl, readLogoutToken } from './logout'
import { createProvider, type Provider } from './provider'
import { type FaultProvider, makeKey, startFaultProvider } from './testing/fault-provider'

const clientId = 'oriel'
let provider: FaultProvider
let relying: Provider

beforeAll(async () => {
  provider = await startFaultProvider(clientId)
  const { issuer } = provider
  relying = createProvider({ id: 'corp', title: 'Corp', issuer, clientId, scopes: ['openid'], groupsClaim: 'groups' })
})
afterAll(() => provider.close())

const seconds = () => Math.floor(Date.now() / 1000)
const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const claims = (over: Readonly<Record<string, unknown>> = {}) => ({
  iss: provider.issuer,
  aud: clientId,
  sub: 'alice',
  sid: 'session-1',
  iat: seconds(),
  exp: seconds() + 120,
  jti: 'token-1',
  events: event,
  ...over,
})
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a logout that the provider asks for (rp-backchannel-rpinitlogout)', () => {
  it.each<[string, Readonly<Record<string, unknown>>, object]>([
    ['of one session', {}, { subject: 'alice', providerSession: 'session-1', id: 'token-1' }],
    ['of an account', { sid: undefined }, { subject: 'alice', providerSession: null }],
    ['of a session of nobody named', { sub: undefined }, { subject: null, providerSession: 'session-1' }],
  ])('is read: %s', async (_, over, expected) => {
    expect(await readLogoutToken(relying, await provider.sign(claims(over), { typ: 'logout+jwt' }))).toMatchObject(
      expected,
    )
  })

  const refused: readonly [string, () => Promise<string>][] = [
    ['alg-none', async () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
    [
      'wrong-alg: the secret as key',
      async () => {
        const signed = `${encode({ alg: 'HS256' })}.${encode(claims())}`
        return `${signed}.${createHmac('sha256', 'secret').update(signed).digest('base64url')}`
      },
    ],
    ['wrong-alg: a key that is not published', async () => provider.sign(claims(), {}, await makeKey('ES256'))],
    ['no-event', () => provider.sign(claims({ events: undefined }))],
    ['wrong-event', () => provider.sign(claims({ events: { 'http://example.org/other': {} } }))],
    ['events that are a text', () => provider.sign(claims({ events: Object.keys(event)[0] }))],
    ['with-nonce', () => provider.sign(claims({ nonce: 'n' }))],
    ['wrong-aud', () => provider.sign(claims({ aud: 'other' }))],
    ['wrong-iss', () => provider.sign(claims({ iss: 'https://elsewhere.example' }))],
    ['of nobody', () => provider.sign(claims({ sub: undefined, sid: undefined }))],
    ['without a name that tells it from a replay', () => provider.sign(claims({ jti: undefined }))],
    ['that does not end', () => provider.sign(claims({ exp: undefined }))],
    ['that has expired', () => provider.sign(claims({ iat: seconds() - 600, exp: seconds() - 300 }))],
    ['from the future', () => provider.sign(claims({ iat: seconds() + 3_600, exp: seconds() + 3_700 }))],
    ['that is an access token', () => provider.sign(claims(), { typ: 'at+jwt' })],
    ['that is no token', async () => 'gibberish'],
  ]
  it.each(refused)('is refused: %s', async (_, token) => {
    await expect(readLogoutToken(relying, await token())).rejects.toThrow(Error)
  })
})

it('asks for keys once, however many tokens come', async () => {
  const fetched = provider.fetchedKeys()
  for (let i = 0; i < 5; i++) await readLogoutToken(relying, 'gibberish').catch(() => {})
  await readLogoutToken(relying, await provider.sign(claims()))
  await readLogoutToken(relying, await provider.sign(claims()))
  expect(provider.fetchedKeys() - fetched).toBeLessThanOrEqual(1)
})

describe('a logout here', () => {
  it('goes on to the provider, with the token that names the session', async () => {
    const url = await logoutUrl(relying, 'the-id-token', 'https://oriel.example/login')
    expect(url?.href.startsWith(`${provider.issuer}/logout?`)).toBe(true)
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
      id_token_hint: 'the-id-token',
      post_logout_redirect_uri: 'https://oriel.example/login',
    })
  })

  it('ends here where the provider is away', async () => {
    const away = createProvider({ ...relying.config, issuer: 'http://127.0.0.1:1' })
    expect(await logoutUrl(away, 'token', 'https://oriel.example/login')).toBeNull()
  })
})
