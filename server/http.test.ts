import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import { everything, type Scope, scopeKey, scopeOf } from '@/core/scope'
import { peerHeader } from './client-address'
import { AppError } from './errors'
import { change } from './change'
import { changeRoute, route, streamRoute } from './http'
import { log } from './log'
import { type Stream, view } from './view'
import { admits, askerWith } from './testing-asker'

let names = 0
type Answered = { readonly n: number; readonly scope: string; readonly filler: string }

/** A view that answers the scope that it was loaded with; `load` may be replaced. */
const viewOf = (load: (n: number, scope: Scope) => Promise<unknown>, filler = '') =>
  view({
    name: `test-${names++}`,
    path: 'test',
    summary: '',
    params: z.strictObject({ n: z.coerce.number('write a number').default(0) }),
    answer: z.custom<Answered>(),
    settle: async ({ n }) => n,
    load: (n, scope) => load(n, scope),
    render: (loaded, n) => ({ n, scope: String(loaded), filler }),
  })

const get = (query = '', headers: Record<string, string> = {}) =>
  new Request(`http://localhost:3000/api/v1/test${query}`, { headers: { host: 'localhost:3000', ...headers } })

const echo = viewOf(async (_, scope) => scopeKey(scope))

describe('a route', () => {
  it('answers with JSON and the security headers', async () => {
    const response = await route(echo, admits())(get('?n=3'))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ n: 3, scope: '*', filler: '' })
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('x-request-id')).toBeTruthy()
  })

  it('names a bad parameter in problem+json, also with the security headers', async () => {
    const response = await route(echo, admits())(get('?n=x&colour=1'))
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const problem = (await response.json()) as Record<string, unknown>
    expect(problem).toMatchObject({
      type: 'urn:oriel:problem:invalid',
      status: 400,
      code: 'invalid',
      title: expect.any(String),
    })
    expect(problem.requestId).toBe(response.headers.get('x-request-id'))
    expect(problem.parameters).toEqual([
      { parameter: 'n', message: 'write a number' },
      { parameter: 'colour', message: 'unknown; there are n' },
    ])
  })

  it('says what an AppError says', async () => {
    const failing = viewOf(() => Promise.reject(new AppError('unavailable', 'The database rests; try again.')))
    const response = await route(failing, admits())(get())
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'unavailable', detail: 'The database rests; try again.' })
  })

  it('tells of an unexpected error its request id alone, and logs the stack', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
    const failing = viewOf(() => Promise.reject(new Error('password=hunter2 at 10.0.0.1')))
    const response = await route(failing, admits())(get())
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toMatch(/hunter2|10\.0\.0\.1|\.ts:/)
    const { requestId } = JSON.parse(text) as { requestId: string }
    expect(logged.mock.calls[0]?.[0]).toMatchObject({ requestId, error: expect.stringContaining('http.test.ts') })
    logged.mockRestore()
  })

  it.each([
    ['localhost:3000', 200],
    ['127.0.0.1', 200],
    ['[::1]:8080', 200],
    ['LOCALHOST', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['evil.example:3000', 403],
    ['', 403],
  ])('asked for host %j answers %i', async (host, status) => {
    expect((await route(echo, admits())(get('', { host }))).status).toBe(status)
  })

  it('refuses a query that is too long', async () => {
    expect((await route(echo, admits())(get(`?n=${'1'.repeat(9_000)}`))).status).toBe(413)
  })

  it('answers 304 to the ETag that it gave', async () => {
    const etag = (await route(echo, admits())(get())).headers.get('etag') ?? ''
    const again = await route(echo, admits())(get('', { 'if-none-match': etag }))
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })
})

describe('the cache behind a route', () => {
  it('loads once for a hundred who ask at once', async () => {
    const load = vi.fn(async () => 'once')
    const shared = route(viewOf(load), admits())
    const responses = await Promise.all(Array.from({ length: 100 }, () => shared(get('?n=5'))))
    expect(responses.every((response) => response.status === 200)).toBe(true)
    expect(load).toHaveBeenCalledTimes(1)
    await shared(get('?n=6'))
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('never gives one scope what was loaded for another', async () => {
    const load = vi.fn(async (_: number, scope: Scope) => scopeKey(scope))
    const asked = viewOf(load)
    const scopes = [everything, scopeOf([['c', 'a']]), scopeOf([['c', 'b']]), scopeOf([])]
    for (const _ of [1, 2]) {
      for (const scope of scopes) {
        const answer = (await (await route(asked, admits(scope))(get())).json()) as Answered
        expect(answer.scope).toBe(scopeKey(scope))
      }
    }
    expect(load).toHaveBeenCalledTimes(scopes.length)
  })

  it('does not keep a failure', async () => {
    const load = vi.fn().mockRejectedValueOnce(new AppError('unavailable', 'later')).mockResolvedValue('well')
    const flaky = route(viewOf(load), admits())
    expect((await flaky(get())).status).toBe(503)
    expect((await flaky(get())).status).toBe(200)
  })
})

it('who is not logged in is counted by address', async () => {
  const stranger = route(echo, () => Promise.reject(new AppError('unauthenticated', 'Nobody is logged in here.')))
  const from = async (address: string) => (await stranger(get('', { [peerHeader]: address }))).status
  const statuses = await Promise.all(Array.from({ length: 2_100 }, () => from('192.0.2.1')))
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  expect(await from('192.0.2.2')).toBe(401)
})

describe('a token of a viewer', () => {
  const rename = change({
    name: 'rename',
    method: 'PUT',
    path: 'test',
    summary: '',
    audit: 'view.saved',
    input: z.strictObject({}),
    answer: z.strictObject({}),
    run: async () => ({}),
  })
  const put = (asker: Asker) =>
    changeRoute(rename, async () => ({ asker, cookie: null }))(
      new Request('http://localhost:3000/api/v1/test', {
        method: 'PUT',
        headers: { host: 'localhost:3000', 'content-type': 'application/json' },
        body: '{}',
      }),
    )
  const viewer = askerWith(everything, { admin: false, edits: scopeOf([]) })
  it('changes nothing, and that of an editor may', async () => {
    const token = { token: 1, limited: false }
    expect((await put({ ...viewer, by: token })).status).toBe(403)
    expect(
      (await put({ ...askerWith(everything, { admin: false, edits: scopeOf([['c', 'a']]) }), by: token })).status,
    ).toBe(200)
    expect((await put(viewer)).status).toBe(200)
  })
})

it('HEAD of what is written while it is read begins nothing', async () => {
  const write = vi.fn()
  const stream = { name: 'file', path: 'file', summary: '', audit: 'flows.exported', params: z.strictObject({}), write }
  const head = new Request('http://localhost:3000/api/v1/file', { method: 'HEAD', headers: { host: 'localhost:3000' } })
  const response = await streamRoute(stream as unknown as Stream<z.ZodType>, admits())(head)
  expect([response.status, response.body]).toEqual([200, null])
  expect(write).not.toHaveBeenCalled()
})
