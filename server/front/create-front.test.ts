import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFront } from './create-front'

const limits = { headMs: 300, requestMs: 600, silentMs: 5_000, connections: 50 }
const server = createFront((request, response) => {
  if (request.url === '/own') return void response.writeHead(200, { 'cache-control': 'private', etag: '"1"' }).end()
  if (request.url === '/leads-on') return void response.writeHead(308, { location: '/' }).end()
  if (request.url === '/broken') response.statusCode = 500
  response.end('handled')
}, limits)
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** Sends bytes as they are and reads until the connection ends. */
const send = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (part) => (heard += part.toString('latin1')))
    socket.on('close', () => resolve(heard))
    socket.on('error', reject)
  })

const ask = (line: string, ...headers: string[]): Promise<string> => {
  const named = headers.some((header) => /^host:/i.test(header)) ? headers : ['host: localhost', ...headers]
  return send(`${[`${line} HTTP/1.1`, ...named, 'connection: close'].join('\r\n')}\r\n\r\n`)
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])

function expectSafe(answer: string): void {
  const [head = ''] = answer.toLowerCase().split('\r\n\r\n', 1)
  for (const line of [
    "content-security-policy: default-src 'none'",
    "frame-ancestors 'none'",
    'x-content-type-options: nosniff',
    'x-frame-options: deny',
    'referrer-policy: no-referrer',
    'cross-origin-resource-policy: same-origin',
    'cross-origin-opener-policy: same-origin',
    'cache-control:',
  ])
    expect(head).toContain(line)
  expect(head).not.toContain('access-control-')
}

describe('an answer', () => {
  it.each([
    ['/', 200],
    ['/own', 200],
    ['/leads-on', 308],
    ['/broken', 500],
    ['/_next/static/chunks/a.js', 200],
  ])('to %s bears the security headers', async (path, status) => {
    const answer = await ask(`GET ${path}`)
    expect(statusOf(answer)).toBe(status)
    expectSafe(answer)
  })

  it('says itself how it may be kept, and is kept by nobody else', async () => {
    expect(await ask('GET /own')).toMatch(/cache-control: private\r\n/)
    expect(await ask('GET /')).toMatch(/cache-control: no-store\r\n/)
  })

  it('lets a file of the build load others, which is a policy of workers too', async () => {
    expect(await ask('GET /_next/static/chunks/a.js')).toContain("script-src 'self'")
  })
})

describe('before anything else looks at it', () => {
  const much = 'a'.repeat(12_000)
  it.each<[what: string, status: number, line: string, ...headers: string[]]>([
    ['an ordinary request', 200, 'GET /services?q=%2e%2e/'],
    ['a name with an escaped slash', 200, 'GET /services/c/a%2Fb/Deployment/web...'],
    ['a change through the API', 200, 'POST /api/v1/links', 'content-length: 0'],
    ['a probe by any address', 200, 'GET /healthz', 'host: 10.0.0.7:3000'],
    ['an upgrade that may be passed over', 200, 'GET /', 'connection: upgrade', 'upgrade: h2c'],
    ['a path that climbs', 400, 'GET /services/../api/v1/map'],
    ['one that climbs in disguise', 400, 'GET /services/%2E%2e/api/v1/map'],
    ['two slashes', 400, 'GET //elsewhere.example/'],
    ['a backslash', 400, 'GET /\\elsewhere.example/'],
    ['a broken escape', 400, 'GET /%E0%A4%A'],
    ['an escaped NUL', 400, 'GET /services/%00'],
    ['an escaped line break', 400, 'GET /services/%0d%0aset-cookie:a=b'],
    ['a whole address', 400, 'GET http://elsewhere.example/'],
    ['a star', 400, 'OPTIONS *'],
    ['a name that nobody configured', 403, 'GET /', 'host: rebound.example'],
    ['no name', 403, 'GET /', 'host:'],
    ['an address that is too long', 414, `GET /?q=${much}`],
    ['a head that is too long', 431, 'GET /', `cookie: ${much}${much}`],
    ['TRACE', 405, 'TRACE /'],
    ['PROPFIND', 405, 'PROPFIND /'],
    ['PROPFIND where nothing is', 405, 'PROPFIND /api/v1/none'],
    ['a change of a page', 405, 'POST /', 'content-length: 0'],
    ['a deletion of a page', 405, 'DELETE /services'],
    ['a WebSocket', 400, 'GET /api/v1/live', 'connection: upgrade', 'upgrade: websocket'],
    ['a server action', 400, 'POST /api/v1/links', 'next-action: 00', 'content-length: 0'],
    ['a form with files', 400, 'POST /api/v1/links', 'content-type: multipart/form-data; boundary=x'],
    ['a body where there is none', 400, 'GET /api/v1/map', 'content-length: 5'],
    ['the same in pieces', 400, 'GET /api/v1/map', 'transfer-encoding: chunked'],
    ['a body that is too large', 413, 'POST /api/v1/links', 'content-length: 2000000'],
    ['two lengths', 400, 'POST /api/v1/links', 'content-length: 5', 'content-length: 6'],
    ['a length and pieces', 400, 'POST /api/v1/links', 'content-length: 5', 'transfer-encoding: chunked'],
    ['a method that is none', 400, 'BREW /'],
  ])('%s is answered with %i', async (_, status, line, ...headers) => {
    const answer = await ask(line, ...headers)
    expect(statusOf(answer), answer).toBe(status)
    expectSafe(answer)
    expect(answer).not.toMatch(/\n(set-cookie|location):/i)
    expect(answer.endsWith('handled')).toBe(status === 200)
  })

  it.each([
    ['PATCH /api/v1/map', 'GET, HEAD, OPTIONS', 'PATCH is not for this path, which takes GET, HEAD and OPTIONS.'],
    ['GET /api/v1/policies/apply', 'POST, OPTIONS', 'GET is not for this path, which takes POST and OPTIONS.'],
    ['GET /logout', 'POST, OPTIONS', 'GET is not for this path, which takes POST and OPTIONS.'],
    ['PUT /login/begin/acme', 'GET, HEAD, OPTIONS', 'PUT is not for this path, which takes GET, HEAD and OPTIONS.'],
    ['TRACE /services', 'GET, HEAD, OPTIONS', 'TRACE is not for this path, which takes GET, HEAD and OPTIONS.'],
  ])('%s says what the path takes', async (line, allow, detail) => {
    const answer = await ask(line)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    const text = /\{.*\}/.exec(body)?.[0] ?? ''
    expect(statusOf(answer)).toBe(405)
    expect(head).toContain(`allow: ${allow}\r\n`)
    expect(head).toContain('content-type: application/problem+json')
    const problem = JSON.parse(text) as { requestId: string }
    expect(problem).toMatchObject({ code: 'method_not_allowed', status: 405, detail })
    expect(head).toContain(`x-request-id: ${problem.requestId}`)
    expectSafe(answer)
  })

  it('a change where the API has nothing is answered so, whoever asks', async () => {
    const answer = await ask('PATCH /api/v1/none', 'content-length: 0')
    expect(statusOf(answer)).toBe(404)
    expect(answer).toContain('There is nothing at this path.')
    expectSafe(answer)
    expect(await ask('GET /api/v1/none')).toMatch(/handled$/)
  })

  it('what is no HTTP is ended', async () => {
    for (const text of ['\x16\x03\x01 hello\r\n\r\n', 'GET / HTTP/1.1\r\nhost localhost\r\n\r\n', 'GET\r\n\r\n'])
      expect(statusOf(await send(text))).toBe(400)
  })

  it('CONNECT opens nothing', async () => {
    expect(await ask('CONNECT elsewhere.example:443')).not.toContain('200')
  })
})

describe('who sends by the byte', () => {
  it('loses the connection over a head that does not end', async () => {
    const answer = await send('GET / HTTP/1.1\r\nhost: localhost\r\n')
    expect(statusOf(answer)).toBe(408)
    expectSafe(answer)
  })

  it('and over a body that does not', async () => {
    const head = 'POST /api/v1/links HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\n'
    expect(await send(`${head}a`)).not.toBe('')
  })
})
