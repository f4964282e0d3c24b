import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storedEvent } from './stored-event'
import { auditDetail, auditText, differing, redacted } from './redact'

/** In every place where something of an event is kept. */
const places = (canary: unknown) =>
  storedEvent({
    action: 'team.changed',
    actor: { account: 1, name: `${String(canary)}` },
    by: 'session',
    target: `${String(canary)}`,
    before: { a: canary },
    after: { b: [{ c: canary }] },
    result: 'failed',
    reason: `${String(canary)}`,
    requestId: 'r',
    from: '127.0.0.1',
    agent: `${String(canary)}`,
  })

const canary = 'c4n4ryc4n4ryc4n4ryc4n4ry'

it.each<[string, string]>([
  ['a bearer token', `authorization was Bearer ${canary}`],
  ['basic credentials', `Basic ${Buffer.from(`admin:${canary}`).toString('base64')}`],
  ['a token of Oriel', `oriel_${canary}`],
  ['an ID token', `eyJhbGciOiJSUzI1NiJ9${canary}.eyJzdWIiOiJhIn0.${canary}`],
  ['a cookie header', `Cookie: __Host-oriel-session=${canary}; other=${canary}`],
  ['a cookie', `__Host-oriel=${canary}`],
  ['a password in an address', `postgres://oriel:${canary}@db:5432/oriel`],
  ['a code in an address', `https://oriel.example/login/corp/callback?code=${canary}&state=${canary}`],
  ['a client secret in a form', `grant_type=code&client_secret=${canary}`],
  ['a link’s token', `https://oriel.example/l/${canary}`],
  ['a frozen link', `/services?frozen=${canary}&q=ns:shop`],
  ['a one-time code', `http://localhost:3000/login#${canary}`],
  ['a private key', `-----BEGIN EC PRIVATE KEY-----\n${canary}\n-----END EC PRIVATE KEY-----`],
  ['a private key that was cut off', `-----BEGIN PRIVATE KEY-----\n${canary}`],
  ['a token behind what nobody sees', `Bea\u200brer ${canary}0`],
])('keeps no %s, wherever it stands', (_, text) => {
  const kept = JSON.stringify(places(text))
  expect(kept).toContain(redacted)
  expect(kept).not.toContain(canary)
  expect(kept).not.toContain(Buffer.from(`admin:${canary}`).toString('base64'))
})

it.each<[string, unknown]>([
  ['a password', { password: canary }],
  ['a client secret', { auth: { providers: [{ clientSecret: canary }] } }],
  ['a cookie', { headers: { 'set-cookie': [canary] } }],
  ['an authorization', { Authorization: canary }],
  ['a token as a number', { token: 4242_4242 }],
  ['a Secret of Kubernetes', { kind: 'Secret', data: { whatever: canary }, stringData: { a: canary } }],
  ['a Secret in a list', { kind: 'List', items: [{ kind: 'Secret', data: { tls: canary } }] }],
  [
    'what kubectl applied last',
    { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': canary } } },
  ],
])('keeps no %s, by the name of its field', (_, value) => {
  const kept = JSON.stringify(auditDetail(value))
  expect(kept).not.toContain(canary)
  expect(kept).not.toContain('42424242')
})

it('keeps what only names a secret', () => {
  const value = { secretName: 'tls', clientSecretFile: '/etc/oriel/secret', tokenId: 3, secret: null, secrets: false }
  expect(auditDetail(value).value).toEqual(value)
})

it.each(['basic authentication', 'the bearer of this', 'ns:shop verdict:denied', 'NetworkPolicy shop/web'])(
  'leaves ordinary words alone: %s',
  (text) => {
    expect(auditText(text, 100)).toBe(text)
  },
)

describe('sizes', () => {
  it('are capped, and what was cut is said', () => {
    const { value, cut } = auditDetail({ a: 'x'.repeat(5_000), b: Array.from({ length: 300 }, (_, i) => i) })
    expect(cut).toEqual(['a: text of 5000 characters', 'b: 100 of 300 items'])
    expect(JSON.stringify(value).length).toBeLessThan(4_000)
  })

  it('have a bound in whole, and in depth', () => {
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, 'x'.repeat(1_900)]))
    const { value, cut } = auditDetail(wide)
    expect(JSON.stringify(value).length).toBeLessThan(80_000)
    expect(cut.at(-1)).toMatch(/of 200 fields$/)
    let deep: unknown = 1
    for (let i = 0; i < 50; i++) deep = { in: deep }
    expect(auditDetail(deep).cut).toHaveLength(1)
  })
})

it('keeps text that a database of UTF-8 takes, without control characters, whatever comes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' }), (value, text) => {
      const json = JSON.stringify([auditDetail([value, text, { [text]: text }]).value, auditText(text, 20)])
      expect(json).not.toMatch(/\\u(?!000a)[0-9a-f]{4}/i)
      expect(json).not.toMatch(/[\p{Cs}\u202e\u200b]/u)
    }),
  )
})

it('has no way to a prototype', () => {
  const { value } = auditDetail(JSON.parse('{"__proto__": {"polluted": true}}'))
  expect(Object.hasOwn(Object(value), '__proto__')).toBe(true)
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

it.each([
  [{ a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { c: 1, d: 3 } }, { b: { d: 2 } }, { b: { d: 3 } }],
  [{ a: [1, 2] }, { a: [1, 3] }, { a: [1, 2] }, { a: [1, 3] }],
  [{ a: 1 }, {}, { a: 1 }, {}],
  [{ a: 1 }, { a: 1 }, {}, {}],
  [null, { a: 1 }, null, { a: 1 }],
])('of %j and %j only what differs', (before, after, was, is) => {
  expect(differing(before, after)).toEqual([was, is])
})
