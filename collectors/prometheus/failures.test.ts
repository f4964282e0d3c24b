import { createServer, type AddressInfo } from 'node:net'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { prometheusConfig } from './config'
import { createPrometheus } from './source'
import { selfSigned, startApi, type TestApi } from './test-api'
import { testFamily } from './test-family'
import { factsOf, gapsOf, readFrom } from './test-reading'

const source = createPrometheus([testFamily], {
  lagMs: 0,
  firstSpanMs: 10_000,
  baseMs: 10_000,
  overlapMs: 5_000,
  windowMs: 60_000,
  catchUpMs: 60_000,
  slackMs: 1_000,
  settleMs: 0,
})

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function serve(...args: Parameters<typeof startApi>): Promise<TestApi> {
  const api = await startApi(...args)
  cleanups.push(api.stop)
  return api
}

const follow = (url: string, more: object = {}) => {
  const reading = readFrom(source, prometheusConfig.parse({ url, intervalMs: 1_000, ...more }))
  cleanups.push(reading.stop)
  return reading
}
const errorOf = async (url: string, more: object = {}) => (await follow(url, more).done)?.message ?? 'no error'
const addressOf = (api: TestApi, scheme = 'http') => `${scheme}://127.0.0.1:${api.port}`

const answer =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}) =>
  (response: ServerResponse): boolean => {
    response.writeHead(status, headers).end(body)
    return true
  }
const problem = (error: string) => JSON.stringify({ status: 'error', errorType: 'x', error })
const success = (resultType: string, result: unknown, more: object = {}) =>
  JSON.stringify({ status: 'success', data: { resultType, result }, ...more })

describe('what the server answers', () => {
  it.each([
    ['no credentials', 401, 'Unauthorized', /HTTP 401: “Unauthorized”\)\. Check bearerTokenFile or basic/],
    ['too few rights', 403, problem('no access'), /“no access”\)\. Check bearerTokenFile or basic/],
    ['no tenant', 401, 'no org id', /asks for a tenant \(HTTP 401: “no org id”\)\. Give the tenant’s header/],
    ['a wrong path', 404, '<html>nginx', /no query API below this address.*Check the path prefix/],
    ['no POST', 405, '', /does not take queries by POST/],
    [
      'a limit',
      422,
      problem('query processing would load too many samples\u202e'),
      /turns down the query.*“query processing would load too many samples”.*name fewer families/,
    ],
    ['a query error', 400, problem('parse error'), /“parse error”/],
    ['too many requests', 429, 'slow down', /Raise intervalMs/],
    ['a failure', 503, problem('TSDB not ready'), /it fails \(HTTP 503: “TSDB not ready”\)\. Check the server’s log/],
    ['a long failure', 500, 'x'.repeat(5_000_000), /it fails \(HTTP 500: “x{299}…”\)/],
    ['a web page', 200, '<!doctype html><title>Log in', /web page instead of JSON.*login page/],
    ['an error in good status', 200, problem('partial'), /answers with an error: “partial”/],
    ['something else', 200, '{"a":1}', /not that of a query API/],
    [
      'half an answer',
      200,
      success('matrix', [{ metric: {} }]).slice(0, -8),
      /not that of a query API, or was cut off/,
    ],
    ['a vector of another kind', 200, success('scalar', [1, '2']), /answers with a scalar/],
  ] as const)('%s is said with the next step', async (_, status, body, message) => {
    const api = await serve()
    api.instead = answer(status, body)
    expect(await errorOf(addressOf(api))).toMatch(message)
  })

  it('a redirect is not followed, for the headers may be secret', async () => {
    const [api, other] = [await serve(), await serve()]
    api.instead = answer(302, '', { location: `${addressOf(other)}/login?token=abc` })
    const message = await errorOf(addressOf(api), { headers: { 'X-Scope-OrgID': 'a' } })
    expect(message).toMatch(/answers with a redirect \(HTTP 302\) to http:\/\/127\.0\.0\.1:\d+\/login\?token=\[cut\]/)
    expect(other.queries).toEqual([])
  })

  it('series of no family are said to be missing, and the read goes on', async () => {
    const api = await serve()
    const reading = follow(addressOf(api))
    await expect.poll(() => factsOf(reading).reading, { timeout: 10_000 }).toMatch(/no series.*check the tenant header/)
    reading.stop()
    expect(await reading.done).toBeNull()
  })

  it('a warning is told', async () => {
    const api = await serve()
    api.instead = answer(200, success('matrix', [], { warnings: ['store a is away'] }))
    const reading = follow(addressOf(api))
    await expect.poll(() => factsOf(reading).warning, { timeout: 10_000 }).toBe('store a is away')
  })

  it('elements of another shape are counted, and the rest is read', async () => {
    const api = await serve()
    const up = { metric: { __name__: 'test_requests_total' }, values: [[Date.now() / 1000, '1']] }
    api.instead = answer(200, success('matrix', [{ metric: [] }, up, 7, { metric: {}, values: [[1, 2]] }]))
    const reading = follow(addressOf(api))
    await expect.poll(() => reading.batches.some(({ malformed }) => malformed >= 2), { timeout: 10_000 }).toBe(true)
    expect(factsOf(reading).series).toBe(1)
  })
})

describe('how much', () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ metric: { __name__: 'm', i: `${i}` }, values: [] }))

  it('more series than are let in are refused', async () => {
    const api = await serve()
    api.instead = answer(200, success('matrix', many(11)))
    expect(await errorOf(addressOf(api), { maxSeries: 10 })).toMatch(
      /more than 10 series; .*Name fewer families, or raise maxSeries/,
    )
  })

  it.each([
    ['plain', false],
    ['packed', true],
  ])('a huge answer is refused before it is read, %s', async (_, packed) => {
    const api = await serve()
    const huge = Buffer.from(success('matrix', [{ metric: { a: 'x'.repeat(7_000_000) } }]))
    api.instead = packed ? answer(200, gzipSync(huge), { 'content-encoding': 'gzip' }) : answer(200, huge)
    expect(await errorOf(addressOf(api), { maxSeries: 10 })).toMatch(/larger than 1000000 bytes.*raise maxSeries/)
  })

  it('a packed answer is unpacked, and a damaged one refused', async () => {
    const api = await serve()
    const packed = gzipSync(success('matrix', []))
    api.instead = answer(200, packed, { 'content-encoding': 'gzip' })
    const reading = follow(addressOf(api))
    await expect.poll(() => factsOf(reading).reading, { timeout: 10_000 }).toMatch(/no series/)
    reading.stop()
    api.instead = answer(200, packed.subarray(0, 12), { 'content-encoding': 'gzip' })
    expect(await errorOf(addressOf(api))).toMatch(/packed answer is damaged.*proxy/)
  })
})

describe('the way there', () => {
  it('nothing listens', async () => {
    const api = await serve()
    api.stop()
    expect(await errorOf(addressOf(api))).toMatch(/nothing listens there. Check that it runs/)
  })

  it('a name that is not known', async () => {
    expect(await errorOf('http://prometheus.invalid:9090')).toMatch(/the name is not known here/)
  })

  it('a certificate that signs itself is refused, until its authority is given', async () => {
    const tls = selfSigned()
    const api = await serve(tls)
    const url = addressOf(api, 'https')
    expect(await errorOf(url)).toMatch(/not signed by an authority that is known here.*tls\.ca/)
    for (const given of [{ ca: tls.path }, { insecureSkipVerify: true }]) {
      const reading = follow(url, { tls: given })
      await expect.poll(() => factsOf(reading).reading, { timeout: 10_000 }).toMatch(/no series/)
      reading.stop()
    }
    expect(await errorOf(url, { tls: { ca: tls.path, serverName: 'other.test' } })).toMatch(
      /for another name.*serverName/,
    )
    expect(await errorOf(url, { tls: { ca: '/nowhere.pem' } })).toMatch(/Cannot read the TLS file \/nowhere\.pem/)
  })

  it('plaintext and TLS taken for each other', async () => {
    const [plain, secure] = [await serve(), await serve(selfSigned())]
    expect(await errorOf(addressOf(plain, 'https'))).toMatch(/does not speak TLS. Write http:/)
    expect(await errorOf(addressOf(secure, 'http'))).toMatch(/wants? https/)
  })

  it('a port that does not speak HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-x\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => server.close())
    expect(await errorOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).toMatch(/does not speak HTTP/)
  })

  it.each([
    ['says nothing', () => {}],
    ['goes silent half-way', (response: ServerResponse) => response.writeHead(200).write('{"status":')],
  ])('a peer that %s is given up in time', async (_, begin) => {
    const api = await serve()
    api.instead = (response) => {
      begin(response)
      return true
    }
    expect(await errorOf(addressOf(api), { timeoutMs: 300 })).toMatch(/no whole answer within 0\.3 s.*raise timeoutMs/)
  })

  it('an answer that breaks off', async () => {
    const api = await serve()
    api.instead = (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"status":')
      setTimeout(() => response.destroy(), 50)
      return true
    }
    expect(await errorOf(addressOf(api))).toMatch(/the answer broke off.*proxy/)
  })

  it('a stop in the middle of a query ends the read without an error', async () => {
    const api = await serve()
    let asked = false
    api.instead = () => (asked = true)
    const reading = follow(addressOf(api))
    await expect.poll(() => asked, { timeout: 10_000 }).toBe(true)
    reading.stop()
    expect(await reading.done).toBeNull()
    expect(gapsOf(reading)).toEqual([])
  })

  it('a secret that cannot be read names its file', async () => {
    const api = await serve()
    expect(await errorOf(addressOf(api), { bearerTokenFile: '/nowhere/token' })).toMatch(
      /Cannot read the file \/nowhere\/token/,
    )
    expect(await errorOf(addressOf(api), { bearerTokenFile: '/dev/null' })).toMatch(/holds no token/)
  })
})

describe('the configuration', () => {
  it.each([
    [{ url: 'prometheus:9090' }, /write the whole address/],
    [{ url: 'http://u:p@prometheus:9090' }, /under basic/],
    [{ url: 'http://p', headers: { 'a b': 'x' } }, /characters/],
    [{ url: 'http://p', headers: { a: 'x\ny' } }, /characters/],
    [{ url: 'http://p', families: ['hubble'] }, /istio/],
    [{ url: 'http://p', basic: { username: 'u', passwordFile: 'f' }, bearerTokenFile: 'g' }, /not both/],
  ])('%j is refused with what to write', (fields, message) => {
    expect(prometheusConfig.safeParse(fields).error?.message).toMatch(message)
  })
})
