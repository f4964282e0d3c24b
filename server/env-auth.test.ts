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
