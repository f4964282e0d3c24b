import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { change } from './change'
import { changeRoute } from './http'
import { admits } from './testing-asker'

const run = vi.fn(async ({ id, name }: { id: string; name: string }) => ({ did: `${id} ${name}` }))
const rename = change({
  name: 'rename',
  method: 'PUT',
  path: 'test/{id}',
  summary: '',
  audit: 'view.changed',
  input: z.strictObject({ id: z.string(), name: z.string('write a name').max(10) }),
  answer: z.strictObject({ did: z.string() }),
  run,
})
const remove = change({
  name: 'remove',
  method: 'DELETE',
  path: 'test/{id}',
  summary: '',
  audit: 'view.changed',
  input: z.strictObject({ id: z.string() }),
  answer: z.strictObject({ by: z.string() }),
  run: async (_, actor) => ({ by: actor.name }),
})

const own = { host: 'localhost:3000', 'content-type': 'application/json' }
const put = (headers: Record<string, string>, body = '{"name":"cart"}') =>
  changeRoute(rename, admits())(new Request('http://localhost:3000/api/v1/test/7', { method: 'PUT', headers, body }), {
    params: Promise.resolve({ id: '7' }),
  })

describe('a change', () => {
  it('gets the body and the path as one, and its answer is kept by nobody', async () => {
    const response = await put({ ...own, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ did: '7 cart' })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it.each([
    ['what nests too deep', `{"name":${'['.repeat(100_000)}`],
    ['the same, closed', `{"name":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`],
    ['a list', '["name"]'],
    ['text', '"name"'],
    ['nothing', ''],
    ['a prototype', '{"name":"cart","__proto__":{"polluted":1}}'],
  ])('takes no body of %s', async (_, body) => {
    run.mockClear()
    expect((await put(own, body)).status).toBe(400)
    expect(run).not.toHaveBeenCalled()
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it.each([
    ['a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['a page on another port', { origin: 'http://localhost:4000' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['another site, by Sec-Fetch-Site alone', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }, 403],
    ['a foreign host name', { host: 'evil.example' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 400],
    ['a form in disguise', { 'content-type': 'text/plain; application/json' }, 400],
    ['a program', {}, 200],
    ['a program that says its charset', { 'content-type': 'Application/JSON; charset=utf-8' }, 200],
  ])('asked by %s answers as it should', async (_, headers, status) => {
    run.mockClear()
    expect((await put({ ...own, ...headers })).status).toBe(status)
    expect(run).toHaveBeenCalledTimes(status === 200 ? 1 : 0)
  })

  it.each([
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    ['{"name":"cart","colour":1}', 400],
    [`{"name":"${'x'.repeat(1_100_000)}"}`, 413],
  ])('refuses the body %.30s', async (body, status) => {
    expect((await put(own, body)).status).toBe(status)
  })

  it('takes what the path says before what the body says', async () => {
    expect(await (await put(own, '{"id":"8","name":"cart"}')).json()).toEqual({ did: '7 cart' })
  })

  it('that deletes needs no body, and knows who asks', async () => {
    const ask = (headers: Record<string, string>) =>
      changeRoute(remove, admits())(new Request('http://localhost:3000/api/v1/test/7', { method: 'DELETE', headers }), {
        params: Promise.resolve({ id: '7' }),
      })
    expect(await (await ask({ host: 'localhost:3000' })).json()).toEqual({ by: 'ada' })
    expect((await ask({ host: 'localhost:3000', origin: 'https://evil.example' })).status).toBe(403)
  })
})
