import { describe, expect, it } from 'vitest'
import { authSchema } from './env-auth'

const providers = (...prefixes: (string | undefined)[]) =>
  authSchema.safeParse({
    providers: prefixes.map((groupsPrefix, at) => ({
      id: `p${at}`,
      issuer: `https://idp-${at}.example`,
      clientId: 'oriel',
      groupsPrefix,
    })),
  }).success

describe('prefixes of the groups of providers', () => {
  it.each([
    ['one needs none', [undefined], true],
    ['each of several needs one', ['a:', undefined], false],
    ['none is said twice', ['a:', 'a:'], false],
    ['none begins with that of another, which could spell its groups', ['a', 'a:b'], false],
    ['each has its own', ['a:', 'b:', 'c:'], true],
  ])('%s', (_, prefixes, right) => {
    expect(providers(...prefixes)).toBe(right)
  })
})

describe('the issuer of a provider', () => {
  const problem = (issuer: string) =>
    authSchema.safeParse({ providers: [{ id: 'corp', issuer, clientId: 'oriel' }] }).error?.issues[0]

  it.each(['https://idp.example', 'http://127.0.0.1:3988', 'http://localhost:5556/dex', 'http://[::1]:1'])(
    'may be %s',
    (issuer) => expect(problem(issuer)).toBeUndefined(),
  )

  it.each(['http://idp.example', 'HTTP://idp.example', 'http://127.0.0.1.idp.example'])('may not be %s', (issuer) =>
    expect(problem(issuer)).toMatchObject({
      path: ['providers', 0, 'issuer'],
      message: expect.stringContaining('https'),
    }),
  )
})

describe('the idle time of a session', () => {
  const idle = (session: object) => authSchema.safeParse({ session }).data?.session.idle
  const day = 86_400_000

  it('is a week, and never beyond the longest session', () => {
    expect(idle({})).toBe(7 * day)
    expect(idle({ longest: '1d' })).toBe(day)
    expect(idle({ idle: '30d' })).toBe(30 * day)
    expect(idle({ idle: '31d' })).toBeUndefined()
  })
})
