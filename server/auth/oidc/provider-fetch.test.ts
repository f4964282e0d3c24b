import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LoginFailure } from '../login-failure'
import { beginLogin } from './begin-login'
import { createProvider } from './provider'
import { addressProblem, isRefusedAddress, providerFetch } from './provider-fetch'
import { type FaultProvider, startFaultProvider } from './testing/fault-provider'

const redirectUri = 'http://127.0.0.1:3000/login/corp/callback'
let provider: FaultProvider
let other: Server
let otherUrl = ''
let reached = 0
let answer: (path: string) => { status: number; headers?: Record<string, string>; body?: Buffer }

beforeAll(async () => {
  provider = await startFaultProvider('oriel')
  other = createServer((request, response) => {
    reached++
    const { status, headers, body } = answer(request.url ?? '')
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  otherUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(async () => {
  await provider.close()
  other.close()
})
beforeEach(() => {
  provider.faults = {}
  reached = 0
  answer = () => ({ status: 200 })
})

describe('an address that a provider names', () => {
  const corp = 'https://idp.corp.example/realm'
  it.each([
    [corp, 'https://idp.corp.example/token', true],
    [corp, 'https://keys.corp.example/jwks', true],
    [corp, 'https://10.0.0.5/jwks', true],
    [corp, 'http://idp.corp.example/token', false],
    [corp, 'http://127.0.0.1:9000/token', false],
    [corp, 'https://127.0.0.1:9000/token', false],
    [corp, 'https://localhost/token', false],
    [corp, 'https://oriel.localhost/token', false],
    [corp, 'https://[::1]/token', false],
    [corp, 'https://0x7f.1/token', false],
    [corp, 'https://169.254.169.254/latest/meta-data/', false],
    [corp, 'https://[::ffff:169.254.169.254]/', false],
    [corp, 'https://[fd00:ec2::254]/', false],
    [corp, 'https://[fe80::1]/', false],
    [corp, 'https://0.0.0.0/', false],
    [corp, 'javascript:alert(1)', false],
    [corp, 'file:///etc/passwd', false],
    [corp, 'ldap://idp.corp.example/', false],
    [corp, 'jwks', false],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4001/jwks', true],
    ['http://127.0.0.1:4000', 'http://elsewhere.example/jwks', false],
    ['http://127.0.0.1:4000', 'https://169.254.169.254/', false],
  ])('of %s: %s is gone to: %s', (issuer, address, gone) => {
    expect(addressProblem(issuer, address) === null).toBe(gone)
  })

  it.each(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'end_session_endpoint'])(
    'ends the login before it begins where it is a wrong %s',
    async (name) => {
      for (const address of ['https://169.254.169.254/x', 'http://10.0.0.1/x', 'javascript:alert(1)']) {
        provider.faults = { metadata: { [name]: address } }
        const config = { issuer: provider.issuer, clientId: 'oriel', id: 'corp', title: 'Corp' }
        const relying = createProvider({ ...config, scopes: ['openid'], groupsClaim: 'groups' })
        const failure = await beginLogin(relying, { redirectUri, returnTo: '/' }).catch((thrown: unknown) => thrown)
        expect(failure, address).toBeInstanceOf(LoginFailure)
        expect(failure).toMatchObject({ problem: 'provider-wrong' })
      }
    },
  )
})

describe('a request to a provider', () => {
  const get = (address: string) => providerFetch(otherUrl)(address, { method: 'GET', headers: {} })

  it('follows nowhere', async () => {
    answer = (path) => (path === '/' ? { status: 302, headers: { location: `${otherUrl}/secret` } } : { status: 200 })
    expect((await get(otherUrl)).status).toBe(302)
    expect(reached).toBe(1)
  })

  it('reads no more than a provider has to say', async () => {
    answer = () => ({ status: 200, body: Buffer.alloc(1024 * 1024 + 1) })
    await expect(get(otherUrl)).rejects.toThrow('larger than')
  })

  it('is not sent where a name leads to this machine', async () => {
    const named = `https://localhost.localdomain:${new URL(otherUrl).port}/`
    await expect(providerFetch('https://idp.corp.example')(named, { method: 'GET', headers: {} })).rejects.toThrow()
    expect(reached).toBe(0)
  })
})

it.each(['169.254.169.254', '127.0.0.53', '::1', 'fe80::1', '::ffff:127.0.0.1', '0.0.0.0', '224.0.0.1'])(
  '%s is no provider’s',
  (address) => expect(isRefusedAddress(address)).toBe(true),
)
it.each(['10.1.2.3', '192.168.1.1', '1.1.1.1', '2001:db8::1', 'fd12::1'])('%s may be one', (address) =>
  expect(isRefusedAddress(address)).toBe(false),
)
