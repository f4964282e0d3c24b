import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { expect, test } from './app'

const app = fileURLToPath(new URL('../app', import.meta.url))

/** Every file of this name below app/, as the path that it answers; what varies is filled in. */
function paths(file: string): { readonly path: string; readonly text: string }[] {
  const fill = (part: string) => (/^\[\[?\.\.\./.test(part) ? 'nowhere' : part.startsWith('[') ? '1' : part)
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.split('/').at(-1) === file)
    .map((name) => {
      const parts = name.split('/').slice(0, -1)
      const path = `/${parts
        .filter((part) => !part.startsWith('('))
        .map(fill)
        .join('/')}`
      return { path, text: readFileSync(`${app}/${name}`, 'utf8') }
    })
}

const pages = paths('page.tsx').map(({ path }) => path)
const routes = paths('route.ts')

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()'),
  'cache-control': expect.stringMatching(/./),
  'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
}

function expectSafe(response: APIResponse, what = ''): void {
  const headers = response.headers()
  expect(headers, `${what} ${response.url()}`).toMatchObject(always)
  const told = response.headersArray().filter(({ name }) => name.toLowerCase() === 'content-security-policy')
  expect(told, `${what} ${response.url()} has one policy`).toHaveLength(1)
  const open = Object.keys(headers).filter((name) => name.startsWith('access-control-') || name === 'x-powered-by')
  expect(open, response.url()).toEqual([])
}

/** An answer as it is, without following where it leads. Streams are cut off once their headers are there. */
async function ask(request: APIRequestContext, path: string, options: Parameters<APIRequestContext['fetch']>[1] = {}) {
  return request.fetch(path, { maxRedirects: 0, ...options })
}

test('there are pages and routes to look at', () => {
  expect(pages).toEqual(expect.arrayContaining(['/', '/services', '/policies/edit', '/services/1/1/1/1']))
  expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining(['/healthz', '/api/v1/map', '/api/nowhere']))
})

test('every page bears the headers, also as what a router prefetches', async ({ request }) => {
  test.setTimeout(240_000)
  for (const path of [...pages, '/no/such/page']) {
    for (const headers of <Record<string, string>[]>[
      {},
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
      { purpose: 'prefetch' },
    ])
      expectSafe(await ask(request, path, { headers }), JSON.stringify(headers))
    expectSafe(await ask(request, path, { method: 'HEAD' }), 'HEAD')
  }
})

test('every route bears them, whatever it answers', async ({ request }) => {
  test.setTimeout(240_000)
  for (const { path } of routes.filter((route) => route.path !== '/api/v1/live')) {
    expectSafe(await ask(request, path))
    expectSafe(await ask(request, `${path}?nonsense=1&last=banana`))
    expectSafe(await ask(request, path, { headers: { host: 'rebound.example' } }), 'foreign host')
    for (const method of ['OPTIONS', 'PATCH', 'HEAD']) expectSafe(await ask(request, path, { method }), method)
  }
})

test('so do redirects, files, what is not there and what cannot be read', async ({ request, baseURL }) => {
  const html = await (await request.get('/')).text()
  const files = [...new Set(html.match(/\/_next\/static\/[^"\\]+?\.(?:js|css|woff2)/g))]
  expect(files.length).toBeGreaterThan(3)
  for (const file of [...files, '/icon.svg', '/_next/static/nothing.js', '/_next/image?url=/icon.svg&w=64&q=75'])
    expectSafe(await ask(request, file))
  const kept = await ask(request, files[0] ?? '')
  expect(kept.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
  expectSafe(await ask(request, files[0] ?? '', { headers: { 'if-none-match': kept.headers().etag ?? '' } }), '304')
  for (const path of ['/services/', `/?q=${'a'.repeat(11_000)}`]) expectSafe(await ask(request, path))
  const { hostname, port } = new URL(baseURL ?? '')
  for (const [head, status] of [
    ['GET //elsewhere.example HTTP/1.1\r\nhost: localhost', 400],
    ['GET /%zz HTTP/1.1\r\nhost: localhost', 400],
    ['GET / HTTP/1.1\r\nhost: rebound.example', 403],
    [`GET / HTTP/1.1\r\nhost: localhost\r\ncookie: ${'a'.repeat(20_000)}`, 431],
    ['TRACE / HTTP/1.1\r\nhost: localhost', 405],
    ['GET /api/v1/live HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade', 400],
    ['gibberish', 400],
  ] as const) {
    const answer = await raw(
      hostname,
      Number(port),
      `${head}\r\n${head.includes('connection') ? '' : 'connection: close\r\n'}\r\n`,
    )
    expect(answer.slice(0, 12), head.slice(0, 60)).toBe(`http/1.1 ${status}`)
    for (const name of Object.keys(always)) expect(answer, head.slice(0, 60)).toContain(`\n${name}: `)
  }
})

const raw = (host: string, port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, host, () => socket.write(text))
    socket.on('data', (part) => (heard += part.toString('latin1').toLowerCase()))
    socket.on('close', () => resolve(heard))
    socket.on('error', reject)
  })

test('a page lets run its own scripts alone, and those write no text that becomes code', async ({ request }) => {
  for (const path of pages) {
    const response = await ask(request, path)
    const policy = response.headers()['content-security-policy'] ?? ''
    if (response.status() >= 300) continue
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(nonce, path).toMatch(/^[0-9a-f-]{36}$/)
    expect(policy, path).not.toMatch(/unsafe-eval|\*|https?:/)
    expect(policy.split(';').filter((part) => part.includes('unsafe-inline'))).toEqual([
      " style-src-attr 'unsafe-inline'",
    ])
    const html = await response.text()
    for (const [tag] of html.matchAll(/<(?:script|style)\b[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`)
  }
})

/**
 * Routes that take a form or a program's word, on purpose; each proves its sender in its own way (login.e2e.ts): a
 * provider by a signed token, the form of the login page by its origin, which leads others back to that page.
 */
const fromElsewhere: readonly string[] = ['/login/backchannel/1', '/login/local']

test('nothing is changed for a page of another site, a form or an upload', async ({ request }) => {
  const origin = new URL((await request.get('/healthz')).url()).origin
  const changing = routes.flatMap(({ path, text }) =>
    [...text.matchAll(/\bexport (?:const|async function|function) (POST|PUT|PATCH|DELETE)\b/g)].map(
      ([, method = '']) => ({
        path,
        method,
      }),
    ),
  )
  expect(changing.length).toBeGreaterThan(10)
  for (const { path, method } of changing.filter(({ path }) => !fromElsewhere.includes(path))) {
    const json = { 'content-type': 'application/json' }
    const body = method === 'DELETE' ? undefined : '{}'
    for (const headers of [
      { ...json, origin: 'https://elsewhere.example' },
      { ...json, origin: 'null' },
      { ...json, origin: `${origin}.elsewhere.example` },
      { ...json, origin: origin.replace(/\d+$/, '1') },
      { ...json, 'sec-fetch-site': 'cross-site' },
      { ...json, 'sec-fetch-site': 'same-site' },
      { ...json, 'sec-fetch-site': 'none' },
    ]) {
      const response = await ask(request, path, { method, headers, data: body })
      expect(response.status(), `${method} ${path} ${JSON.stringify(headers)}`).toBe(403)
      expectSafe(response)
    }
    if (method === 'DELETE') continue
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const response = await ask(request, path, { method, headers: { origin, 'content-type': type }, data: '{}' })
      expect(response.status(), `${method} ${path} ${type}`).toBe(400)
    }
  }
})

test('a page takes nothing but to be read', async ({ request }) => {
  for (const path of pages)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await ask(request, path, { method })
      expect(response.status(), `${method} ${path}`).toBe(405)
      expectSafe(response)
    }
})
