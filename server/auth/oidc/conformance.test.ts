import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { LoginFailure } from '../login-failure'
import { beginLogin } from './begin-login'
import { finishLogin } from './finish-login'
import { createProvider } from './provider'
import { refreshLogin } from './refresh-login'
import { type Faults, type FaultProvider, makeKey, startFaultProvider } from './testing/fault-provider'

// Modelled on the modules oidcc-client-test-* of OpenID's conformance suite, with further ones.
const clientId = 'oriel'
const redirectUri = 'http://127.0.0.1:3000/login/corp/callback'
let provider: FaultProvider

beforeAll(async () => {
  provider = await startFaultProvider(clientId)
})
afterAll(() => provider.close())
beforeEach(() => {
  provider.faults = {}
})
afterEach(() => {
  vi.useRealTimers()
})

const configOf = (over = {}) => ({
  id: 'corp',
  title: 'Corp',
  issuer: provider.issuer,
  clientId,
  clientSecret: 'secret of at least 32 characters, really',
  scopes: ['openid'],
  groupsClaim: 'groups',
  ...over,
})

/** One login from the first click to who it is. */
async function logIn(faults: Faults = {}, back: Readonly<Record<string, string | undefined>> = {}) {
  provider.faults = faults
  const relying = createProvider(configOf())
  const { url, pending } = await beginLogin(relying, { redirectUri, returnTo: '/' })
  provider.nonce = url.searchParams.get('nonce') ?? ''
  const callback = new URL(redirectUri)
  const query = { code: 'code', state: pending.state, ...back }
  for (const [name, value] of Object.entries(query)) if (value !== undefined) callback.searchParams.set(name, value)
  return finishLogin(relying, pending, callback)
}

const problemOf = (login: Promise<unknown>) =>
  login.then(
    () => 'accepted',
    (thrown: unknown) => (thrown instanceof LoginFailure ? thrown.problem : `not a LoginFailure: ${String(thrown)}`),
  )

const parts = (token: string) => token.split('.') as [string, string, string]
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = () => Math.floor(Date.now() / 1000)

describe('a login that is as it should be', () => {
  it('tells who it is, their groups and what keeps the session', async () => {
    expect(await logIn()).toMatchObject({
      identity: { issuer: provider.issuer, subject: 'alice', name: 'Alice', email: null, groups: ['shop'] },
      providerSession: 'session-1',
      refreshToken: 'refresh',
    })
  })

  it('proves itself by PKCE, and asks with a state and a nonce that nobody guesses', async () => {
    const begun = await Promise.all(
      [1, 2].map(() => beginLogin(createProvider(configOf()), { redirectUri, returnTo: '/' })),
    )
    for (const { url } of begun) {
      expect(url.searchParams.get('code_challenge_method')).toBe('S256')
      for (const name of ['state', 'nonce', 'code_challenge'])
        expect(url.searchParams.get(name)?.length).toBeGreaterThanOrEqual(43)
    }
    expect(begun[0]?.url.searchParams.get('state')).not.toBe(begun[1]?.url.searchParams.get('state'))
  })

  it.each<[string, () => Promise<Faults> | Faults]>([
    ['kid-absent-single-jwks', async () => ({ signWith: await makeKey('RS256', undefined) })],
    ['groups only in userinfo', () => ({ claims: { groups: undefined }, userinfo: { groups: ['shop'] } })],
    ['azp that is us, with further audiences', () => ({ claims: { aud: [clientId, 'other'], azp: clientId } })],
  ])('accepts %s', async (_, faults) => {
    expect((await logIn(await faults())).identity.groups).toEqual(['shop'])
  })

  it('fetches keys anew when a token names one that it does not know (signing-key-rotation)', async () => {
    const relying = createProvider(configOf())
    const once = async () => {
      const { url, pending } = await beginLogin(relying, { redirectUri, returnTo: '/' })
      provider.nonce = url.searchParams.get('nonce') ?? ''
      return finishLogin(relying, pending, new URL(`${redirectUri}?code=c&state=${pending.state}`))
    }
    await once()
    const fetched = provider.fetchedKeys()
    await once()
    expect(provider.fetchedKeys(), 'keys that are known are not fetched for each login').toBe(fetched)
    provider.faults = { signWith: await makeKey('RS256', 'two') }
    // Keys that were fetched just now are not fetched again: a stranger who sends tokens cannot make us ask all the time.
    expect(await problemOf(once())).toBe('token-invalid')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    expect((await once()).identity.subject).toBe('alice')
    expect(provider.fetchedKeys()).toBe(fetched + 1)
  })

  it('takes a key that was changed just before it signed (signing-key-rotation-just-before-signing)', async () => {
    expect((await logIn({ signWith: await makeKey('RS256', 'three') })).identity.subject).toBe('alice')
  })

  it('finds keys where the provider says that they are (discovery-jwks-uri-keys)', async () => {
    expect((await logIn({ metadata: { jwks_uri: `${provider.issuer}/other-keys` } })).identity.subject).toBe('alice')
    expect(await problemOf(logIn({ metadata: { jwks_uri: `${provider.issuer}/nowhere` } }))).toBe('token-invalid')
  })

  it('reads claims that only userinfo tells (scope-userinfo-claims)', async () => {
    const { identity } = await logIn({
      claims: { groups: undefined, name: undefined },
      userinfo: { groups: ['shop'], name: 'Alice of userinfo', email: 'alice@example.org' },
    })
    expect(identity).toMatchObject({ name: 'Alice of userinfo', email: 'alice@example.org', groups: ['shop'] })
  })

  it.each<[string, readonly string[] | undefined, 'header' | 'body']>([
    ['that takes the header alone (client-secret-basic)', ['client_secret_basic'], 'header'],
    ['that says nothing, which means the header', undefined, 'header'],
    ['that takes the body', ['client_secret_basic', 'client_secret_post'], 'body'],
  ])('proves who it is to a provider %s', async (_, methods, where) => {
    await logIn({ metadata: { token_endpoint_auth_methods_supported: methods } })
    const { authorization, body } = provider.lastAsked()
    const inHeader = Buffer.from(authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    expect(decodeURIComponent(inHeader.replaceAll('+', ' '))).toBe(
      where === 'header' ? `${clientId}:${configOf().clientSecret}` : '',
    )
    expect(body.get('client_secret')).toBe(where === 'body' ? configOf().clientSecret : null)
  })
})

describe('an ID token that proves nothing', () => {
  const cases: readonly [string, () => Faults | Promise<Faults>][] = [
    ['invalid-iss', () => ({ claims: { iss: 'https://elsewhere.example' } })],
    ['invalid-aud', () => ({ claims: { aud: 'somebody-else' } })],
    ['missing-aud', () => ({ claims: { aud: undefined } })],
    ['missing-sub', () => ({ claims: { sub: undefined } })],
    ['missing-iat', () => ({ claims: { iat: undefined } })],
    ['missing-iss', () => ({ claims: { iss: undefined } })],
    ['missing-exp', () => ({ claims: { exp: undefined } })],
    ['nonce-invalid', () => ({ claims: { nonce: 'another' } })],
    ['nonce-missing', () => ({ claims: { nonce: undefined } })],
    ['expired', () => ({ claims: { exp: seconds() - 120 } })],
    ['not valid yet', () => ({ claims: { nbf: seconds() + 3_600 } })],
    ['azp of another', () => ({ claims: { azp: 'other' } })],
    ['further audiences without azp', () => ({ claims: { aud: [clientId, 'other'] } })],
    ['idtoken-sig-none', () => ({ token: (token) => `${encode({ alg: 'none' })}.${parts(token)[1]}.` })],
    ['invalid-sig-rs256', () => ({ token: (token) => `${parts(token).slice(0, 2).join('.')}.${'A'.repeat(342)}` })],
    [
      'a payload that was changed',
      () => ({
        token: (token) => {
          const [header, payload, signature] = parts(token)
          const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString())
          return [header, encode({ ...claims, groups: ['admins'] }), signature].join('.')
        },
      }),
    ],
    [
      'invalid-sig-hs256 (the secret as key)',
      () => ({
        token: (token) => {
          const signed = `${encode({ alg: 'HS256' })}.${parts(token)[1]}`
          return `${signed}.${createHmac('sha256', configOf().clientSecret).update(signed).digest('base64url')}`
        },
      }),
    ],
    ['invalid-sig-es256', async () => ({ signWith: await makeKey('ES256', 'es'), published: [provider.key.jwk] })],
    [
      'kid-absent-multiple-jwks, signed by neither',
      async () => ({
        signWith: await makeKey('RS256', undefined),
        published: [provider.key.jwk, (await makeKey('RS256', 'other')).jwk],
      }),
    ],
    ['an unknown kid', () => ({ header: { kid: 'unheard-of' } })],
    ['no keys at all', () => ({ published: [] })],
    ['no ID token', () => ({ response: { id_token: undefined } })],
    ['no token but text', () => ({ token: () => 'gibberish' })],
    ['userinfo-invalid-sub', () => ({ claims: { groups: undefined }, userinfo: { sub: 'mallory', groups: ['shop'] } })],
  ]
  it.each(cases)('is refused: %s', async (_, faults) => {
    expect(await problemOf(logIn(await faults()))).toBe('token-invalid')
  })

  it('is refused where it was issued in the future', async () => {
    expect(await problemOf(logIn({ claims: { iat: seconds() + 3_600 } }))).toBe('clock')
  })
})

describe('groups that are not told', () => {
  it.each<[string, Faults, string]>([
    ['absent', { claims: { groups: undefined } }, 'groups-unknown'],
    ['malformed', { claims: { groups: { admins: true } } }, 'groups-unknown'],
    ['overage', { claims: { groups: undefined, _claim_names: { groups: 'src1' } } }, 'groups-overage'],
    ['userinfo away', { claims: { groups: undefined }, userinfo: 503 }, 'provider-away'],
  ])('are not taken for none: %s', async (_, faults, problem) => {
    expect(await problemOf(logIn(faults))).toBe(problem)
  })

  it('are none where the provider says so', async () => {
    expect((await logIn({ claims: { groups: [] } })).identity.groups).toEqual([])
  })
})

describe('what a browser brings back', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['another state', { state: 'forged' }, 'token-invalid'],
    ['no state', { state: undefined }, 'token-invalid'],
    ['no code', { code: undefined }, 'token-invalid'],
    ['a refusal', { code: undefined, error: 'access_denied' }, 'refused'],
    ['the issuer of another provider (RFC 9207)', { iss: 'https://elsewhere.example' }, 'token-invalid'],
  ])('is refused: %s', async (_, back, problem) => {
    expect(await problemOf(logIn({}, back))).toBe(problem)
  })

  it('must name the issuer where the provider says that it does so', async () => {
    const metadata = { authorization_response_iss_parameter_supported: true }
    expect(await problemOf(logIn({ metadata }))).toBe('token-invalid')
    expect(await problemOf(logIn({ metadata }, { iss: provider.issuer }))).toBe('accepted')
  })
})

describe('a provider that is not well', () => {
  it.each<[string, Faults, string]>([
    ['another issuer in its metadata', { metadata: { issuer: 'https://elsewhere.example' } }, 'provider-wrong'],
    ['a token endpoint that fails', { answer: { status: 500, body: '{}' } }, 'provider-away'],
    ['a proxy’s page', { answer: { status: 200, body: '<html>', type: 'text/html' } }, 'token-invalid'],
    ['a code that was used', { answer: { status: 400, body: '{"error":"invalid_grant"}' } }, 'other-browser'],
    [
      'a client that it does not know',
      { answer: { status: 401, body: '{"error":"invalid_client"}' } },
      'provider-wrong',
    ],
  ])('is told apart: %s', async (_, faults, problem) => {
    expect(await problemOf(logIn(faults))).toBe(problem)
  })

  it('is away where nobody listens, and is asked again next time', async () => {
    const relying = createProvider(configOf({ issuer: 'http://127.0.0.1:1' }))
    expect(await problemOf(beginLogin(relying, { redirectUri, returnTo: '/' }))).toBe('provider-away')
  })

  it('is not spoken to over plain HTTP elsewhere than on this machine', async () => {
    const relying = createProvider(configOf({ issuer: 'http://idp.example' }))
    expect(await problemOf(beginLogin(relying, { redirectUri, returnTo: '/' }))).toBe('provider-wrong')
  })
})

describe('a refresh', () => {
  const again = async (faults: Faults) => {
    const before = await logIn()
    provider.faults = faults
    return refreshLogin(createProvider(configOf()), { ...before, refreshToken: before.refreshToken ?? '' })
  }

  it('brings the groups of now', async () => {
    const after = await again({
      claims: { groups: ['shop', 'data'], nonce: undefined },
      response: { refresh_token: 'next' },
    })
    expect(after).toMatchObject({ identity: { groups: ['shop', 'data'] }, refreshToken: 'next' })
  })

  it('may come without an ID token: then groups come from userinfo', async () => {
    const after = await again({ response: { id_token: undefined, refresh_token: undefined }, userinfo: { groups: [] } })
    expect(after).toMatchObject({ identity: { groups: [] }, refreshToken: 'refresh' })
  })

  it.each<[string, Faults, string]>([
    [
      'refresh-token-invalid-issuer',
      { claims: { iss: 'https://elsewhere.example', nonce: undefined } },
      'token-invalid',
    ],
    ['refresh-token-invalid-sub', { claims: { sub: 'mallory', nonce: undefined } }, 'token-invalid'],
    ['a grant that was withdrawn', { answer: { status: 400, body: '{"error":"invalid_grant"}' } }, 'session-ended'],
    ['a provider that is away', { answer: { status: 503, body: '' } }, 'provider-away'],
  ])('is held to the same: %s', async (_, faults, problem) => {
    expect(await problemOf(again(faults))).toBe(problem)
  })
})
