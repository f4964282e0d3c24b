import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/server/auth/cookie'
import { newSessionToken } from '@/server/auth/session-token'
import { writeAccount } from '@/server/db/access/write-account'
import { writeSession } from '@/server/db/access/write-session'
import { writeToken } from '@/server/db/access/write-token'
import { hashOf } from '@/server/link-token'
import { viewDatabase } from '@/server/views/testing'

const db = viewDatabase()
const root = fileURLToPath(new URL('../../app/', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)route\.ts$/.test(file))
  .toSorted()

/** Answered to anybody: what is said there is the same for everybody. All else asks who it is. */
const open: ReadonlySet<string> = new Set([
  'GET healthz/route.ts',
  'GET readyz/route.ts',
  'GET api/v1/openapi.json/route.ts',
  // Nothing is there.
  'GET api/[[...path]]/route.ts',
])
/** Where people become somebody: held by the tests of the login. */
const isLogin = (file: string) => file.startsWith('login/') || file.startsWith('logout/')

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const secret = 'a'.repeat(44)
const cookie = (value: string) => ({ cookie: `${sessionCookieName()}=${value}` })
const [expired, revoked, idle, alive] = [newSessionToken(), newSessionToken(), newSessionToken(), newSessionToken()]
let endedToken = ''

const credentials: readonly (readonly [what: string, headers: () => Record<string, string>])[] = [
  ['none', () => ({})],
  ['Bearer nothing', () => ({ authorization: 'Bearer nothing' })],
  ['an empty header', () => ({ authorization: '' })],
  ['another scheme', () => ({ authorization: 'Basic YWRtaW46YWRtaW4=' })],
  ['a token that never was', () => ({ authorization: `Bearer oriel_1_${secret}` })],
  ['a token of a number too large', () => ({ authorization: `Bearer oriel_9999999999_${secret}` })],
  ['a token that has ended', () => ({ authorization: endedToken })],
  ['a session that has ended', () => cookie(expired)],
  ['a session that nobody used', () => cookie(idle)],
  ['a session that was ended', () => cookie(revoked)],
  ['a cookie that is none', () => cookie("' or 1=1 --")],
  ['a link’s token as a session', () => cookie('0123456789ABCDEFGHIJKL')],
  ['a session beside a token that is none', () => ({ ...cookie(alive), authorization: 'Bearer nothing' })],
  [
    'a way past the proxy',
    () => ({ 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy', 'x-forwarded-for': '127.0.0.1' }),
  ],
  ['words of who it is', () => ({ 'x-remote-user': 'admin', 'impersonate-user': 'admin', 'x-oriel-account': '1' })],
]

async function handlersOf(file: string): Promise<readonly (readonly [method: string, handler: Handler])[]> {
  const module = (await import(/* @vite-ignore */ `${root}${file}`)) as Record<string, unknown>
  return methods.flatMap((method) => {
    const handler = module[method]
    return typeof handler === 'function' ? [[method, handler as Handler] as const] : []
  })
}

function requestOf(file: string, method: string, headers: Record<string, string>): Request {
  const path = file.replace(/\/?route\.ts$/, '').replaceAll(/\[[^\]]+\]/g, '1')
  return new Request(`http://localhost:3000/${path}?last=15m`, {
    method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
    body: method === 'GET' || method === 'DELETE' ? undefined : '{}',
  })
}

const context = () => ({
  params: Promise.resolve({ id: '1', token: '0123456789ABCDEFGHIJKL', account: '1', role: 'viewer' }),
})

beforeAll(async () => {
  const identity = { issuer: 'https://a.example', subject: 's', name: 'ada', email: null, groups: [] }
  const account = await writeAccount(db.pool, identity)
  const day = 86_400_000
  const at = { account, provider: null, providerSession: null, address: '', agent: '' }
  for (const [token, endsAt] of [
    [expired, Date.now() - 1_000],
    [revoked, Date.now() + day],
    [idle, Date.now() + 300 * day],
    [alive, Date.now() + day],
  ] as const)
    await writeSession(db.pool, { ...at, tokenHash: hashOf(token), endsAt })
  await db.pool.query(`update session set seen_at = now() - interval '100 d' where token_hash = $1`, [hashOf(idle)])
  await db.pool.query('delete from session where token_hash = $1', [hashOf(revoked)])
  const id = await writeToken(db.pool, {
    tokenHash: hashOf(secret),
    name: 'x',
    account,
    role: 'viewer',
    teams: null,
    endsAt: Date.now() - 1_000,
  })
  endedToken = `Bearer oriel_${id}_${secret}`
})

const nothing = () => ({ params: Promise.resolve({}) })

describe('every route of the app asks who it is', () => {
  it('finds the routes', () => expect(files.length).toBeGreaterThan(50))

  it.each(files.filter((file) => !isLogin(file)))('%s', async (file) => {
    const handlers = await handlersOf(file)
    expect(handlers.length, 'it answers no method').toBeGreaterThan(0)
    for (const [method, handler] of handlers) {
      if (open.has(`${method} ${file}`)) continue
      for (const [what, headers] of credentials) {
        const response = await handler(requestOf(file, method, headers()), context())
        expect(response.status, `${method} with ${what}`).toBe(401)
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
        expect(response.headers.get('set-cookie'), what).toBeNull()
        expect(await response.json()).toMatchObject({ code: 'unauthenticated' })
      }
    }
  })

  it('and lets somebody in', async () => {
    const [[, get] = []] = await handlersOf('api/v1/clusters/route.ts')
    expect((await get?.(requestOf('api/v1/clusters/route.ts', 'GET', cookie(alive)), nothing()))?.status).toBe(200)
  })
})

it.each([':token', '{token}', '[token]', '%7Btoken%7D', 'token', 'undefined', 'null'])(
  'a link of the placeholder %s leads nowhere',
  async (token) => {
    const [[, get] = []] = await handlersOf('api/v1/links/by-token/[token]/route.ts')
    const request = requestOf('api/v1/links/by-token/x/route.ts', 'GET', cookie(alive))
    const url = new Request(request.url.replace('?last=15m', ''), request)
    expect((await get?.(url, { params: Promise.resolve({ token }) }))?.status).toBe(404)
  },
)
