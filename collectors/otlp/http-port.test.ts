import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { inboxLimits } from './inbox'
import { encodeRequest, requestOf } from './test-encode'
import { limits, observed, readOtlp } from './test-reading'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

const read = (...args: Parameters<typeof readOtlp>) => {
  const reading = readOtlp({ grpc: 'off', ...args[0] }, args[1], args[2])
  cleanups.push(reading.stop)
  return reading
}
const until = (check: () => boolean) => expect.poll(check, { timeout: 10_000, interval: 5 }).toBe(true)

const call = requestOf(
  [{ 'service.name': 'web' }, { id: 1, kind: 3 }],
  [{ 'service.name': 'cart' }, { id: 2, parent: 1, kind: 2 }],
)
const protobuf = { 'content-type': 'application/x-protobuf' }
const json = { 'content-type': 'application/json' }

async function post(port: number | undefined, body: BodyInit, headers: Record<string, string>, path = '/v1/traces') {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers })
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}

describe('what is taken', () => {
  it.each([
    ['protobuf', new Uint8Array(encodeRequest(call)), protobuf],
    ['protobuf in gzip', new Uint8Array(gzipSync(encodeRequest(call))), { ...protobuf, 'content-encoding': 'gzip' }],
    ['JSON', JSON.stringify(call), json],
    ['JSON in gzip', new Uint8Array(gzipSync(JSON.stringify(call))), { ...json, 'content-encoding': 'gzip' }],
    ['JSON with a charset', JSON.stringify(call), { 'content-type': 'application/json; charset=utf-8' }],
  ])('%s: the answer is empty, of the same type, and the call is counted', async (_, body, headers) => {
    const reading = read()
    const [port] = await reading.ports()
    const answer = await post(port, body, headers)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(headers['content-type'].split(';')[0])
    expect(answer.body.toString()).toBe(headers['content-type'].includes('json') ? '{}' : '')
    await until(() => observed(reading).length === 2)
    expect(observed(reading)[0]).toMatchObject({ cluster: 'c1', port: 0, type: 'request' })
  })

  it('says how many spans it could not read, and why', async () => {
    const reading = read()
    const [port] = await reading.ports()
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'x' }, 5] }] }] })
    const inJson = await post(port, body, json)
    expect(JSON.parse(inJson.body.toString())).toEqual({
      partialSuccess: { rejectedSpans: '2', errorMessage: 'a span is not an object' },
    })
    const broken = encodeRequest({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] })
    const inProtobuf = await post(port, new Uint8Array(broken), protobuf)
    expect(inProtobuf.status).toBe(200)
    const reason = 'a span has no trace id or span id'
    expect(inProtobuf.body).toEqual(
      Buffer.concat([Buffer.from([0x0a, reason.length + 4, 0x08, 1, 0x12, reason.length]), Buffer.from(reason)]),
    )
    await until(() => reading.batches.reduce((sum, { malformed }) => sum + malformed, 0) === 3)
  })
})

describe('what is refused', () => {
  const body = new Uint8Array(encodeRequest(call))

  it.each<[string, BodyInit, Record<string, string>, string, number]>([
    ['another type', 'x', { 'content-type': 'text/plain' }, '/v1/traces', 415],
    ['no type', body, {}, '/v1/traces', 415],
    ['another compression', body, { ...protobuf, 'content-encoding': 'br' }, '/v1/traces', 415],
    ['another path', body, protobuf, '/v1/metrics', 404],
    ['bytes that are no protobuf', 'hello', protobuf, '/v1/traces', 400],
    ['text that is no JSON', '{"resourceSpans', json, '/v1/traces', 400],
    ['JSON that is no trace', '[]', json, '/v1/traces', 400],
    ['bytes that are no gzip', body, { ...protobuf, 'content-encoding': 'gzip' }, '/v1/traces', 400],
  ])('%s', async (_, sent, headers, path, status) => {
    const reading = read()
    const [port] = await reading.ports()
    const answer = await post(port, sent, headers, path)
    expect(answer.status).toBe(status)
    if (headers['content-type'] === 'application/json')
      expect(JSON.parse(answer.body.toString())).toHaveProperty('message')
    expect(observed(reading)).toEqual([])
  })

  it('a GET', async () => {
    const [port] = await read().ports()
    expect((await fetch(`http://127.0.0.1:${port}/v1/traces`)).status).toBe(405)
  })

  it('a body past its bound, told by its length or found out on the way', async () => {
    const [port] = await read({}, { intake: { ...limits.intake, maxBody: 1_000 } }).ports()
    const large = new Uint8Array(2_000)
    expect((await post(port, large, protobuf)).status).toBe(413)
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(large)
        controller.close()
      },
    })
    const answer = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: protobuf,
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
  })

  it('a small gzip of a large message, without inflating it whole', async () => {
    const [port] = await read({}, { intake: { ...limits.intake, maxMessage: 1_000_000 } }).ports()
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000)))
    expect(bomb.length).toBeLessThan(100_000)
    expect((await post(port, bomb, { ...protobuf, 'content-encoding': 'gzip' })).status).toBe(413)
  })

  it('everything while the inbox is full; it is taken again after', async () => {
    let go = () => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    const reading = read({}, { inbox: { ...inboxLimits, maxSpans: 1, lingerMs: 0, idleMs: 5 } }, () => held)
    const [port] = await reading.ports()
    const send = (id: number) => post(port, JSON.stringify(requestOf([{ 'service.name': 'a' }, { id, kind: 2 }])), json)
    expect((await send(1)).status).toBe(200)
    await until(() => reading.batches.length > 0)
    expect((await send(2)).status).toBe(200)
    const refused = await send(3)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    go()
    let status = 0
    while (status !== 200) status = (await send(3)).status
    await until(() => observed(reading).length === 3)
  })

  it('senders without the token, and with it no more once the file says another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oriel-otlp-'))
    cleanups.push(() => rmSync(folder, { recursive: true }))
    const bearerTokenFile = join(folder, 'token')
    writeFileSync(bearerTokenFile, 'first\n')
    const [port] = await read({ bearerTokenFile }).ports()
    const status = async (authorization?: string) =>
      (await post(port, body, { ...protobuf, ...(authorization && { authorization }) })).status
    expect(await status()).toBe(401)
    expect(await status('Bearer wrong')).toBe(401)
    expect(await status('Basic first')).toBe(401)
    expect(await status('Bearer first')).toBe(200)
    writeFileSync(bearerTokenFile, 'second')
    await expect.poll(() => status('Bearer second'), { timeout: 10_000, interval: 10 }).toBe(200)
    expect(await status('Bearer first')).toBe(401)
  })
})

describe('slow senders', () => {
  const slow = { intake: { ...limits.intake, requestMs: 300 } }

  it.each([
    ['headers that never end', 'POST /v1/traces HTTP/1.1\r\nhost: x\r\n'],
    [
      'a body that never ends',
      'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ],
  ])('are cut off: %s', async (_, text) => {
    const [port = 0] = await read({}, slow).ports()
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('error', () => {})
    socket.resume()
    await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  })

  it('do not hold up the end', async () => {
    const reading = read()
    const [port = 0] = await reading.ports()
    const socket = connect(port, '127.0.0.1', () => socket.write('POST /v1/traces HTTP/1.1\r\nhost: x\r\n'))
    socket.on('error', () => {})
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
    reading.stop()
    expect(await reading.done).toBeNull()
  })
})
