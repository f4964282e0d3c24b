import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, compressionAlgorithms, credentials, Metadata, status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { otlpConfig } from './config'
import { inboxLimits } from './inbox'
import { otlp } from './source'
import { encodeRequest, requestOf } from './test-encode'
import { limits, observed, readOtlp } from './test-reading'
import { lineOf } from './test-spans'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

const read = (...args: Parameters<typeof readOtlp>) => {
  const reading = readOtlp(...args)
  cleanups.push(reading.stop)
  return reading
}
const until = (check: () => boolean) => expect.poll(check, { timeout: 10_000, interval: 5 }).toBe(true)
const folderOf = () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-otlp-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  return folder
}

const call = requestOf(
  [
    { 'service.name': 'web', 'telemetry.sdk.language': 'go', 'telemetry.sdk.version': '1.3' },
    { id: 1, kind: 3 },
  ],
  [{ 'service.name': 'cart' }, { id: 2, parent: 1, kind: 2 }],
)

type Answer = { readonly code: number; readonly details: string; readonly body: Buffer }

function exportTo(
  port: number | undefined,
  body: Buffer,
  options: { gzip?: boolean; token?: string; ca?: Buffer } = {},
) {
  const channel = options.ca ? credentials.createSsl(options.ca) : credentials.createInsecure()
  const client = new Client(`127.0.0.1:${port}`, channel, {
    ...(options.gzip && { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip }),
    'grpc.max_send_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
    ...(options.ca && { 'grpc.ssl_target_name_override': 'oriel.test' }),
  })
  const metadata = new Metadata()
  if (options.token) metadata.set('authorization', `Bearer ${options.token}`)
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
  const raw = (bytes: Buffer) => bytes
  return new Promise<Answer>((resolve) => {
    client.makeUnaryRequest(path, raw, raw, body, metadata, { deadline: Date.now() + 10_000 }, (error, answer) => {
      client.close()
      resolve({ code: error?.code ?? 0, details: error?.details ?? '', body: answer ?? Buffer.alloc(0) })
    })
  })
}

describe('gRPC', () => {
  it.each([[false], [true]])('takes spans, gzip: %s', async (gzip) => {
    const reading = read({ http: 'off' })
    const [port] = await reading.ports()
    expect(await exportTo(port, encodeRequest(call), { gzip })).toMatchObject({ code: 0, body: Buffer.alloc(0) })
    await until(() => observed(reading).length === 2)
  })

  it('answers what it cannot take', async () => {
    const reading = read({ http: 'off' }, { intake: { ...limits.intake, maxBody: 100_000 } })
    const [port] = await reading.ports()
    expect((await exportTo(port, Buffer.from('hello'))).code).toBe(status.INVALID_ARGUMENT)
    expect((await exportTo(port, Buffer.alloc(200_000))).code).toBe(status.RESOURCE_EXHAUSTED)
    expect((await exportTo(port, Buffer.alloc(20_000_000), { gzip: true })).code).toBe(status.RESOURCE_EXHAUSTED)
    const broken = encodeRequest({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] })
    expect((await exportTo(port, broken)).body.toString()).toContain('a span has no trace id')
  })

  it('asks to come again while the inbox is full', async () => {
    let go = () => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    const inbox = { ...inboxLimits, maxSpans: 1, lingerMs: 0, idleMs: 5 }
    const reading = read({ http: 'off' }, { inbox }, () => held)
    const [port] = await reading.ports()
    const send = (id: number) => exportTo(port, encodeRequest(requestOf([{ 'service.name': 'a' }, { id, kind: 2 }])))
    expect((await send(1)).code).toBe(0)
    await until(() => reading.batches.length > 0)
    expect((await send(2)).code).toBe(0)
    expect((await send(3)).code).toBe(status.UNAVAILABLE)
    go()
    while ((await send(3)).code !== 0);
    await until(() => observed(reading).length === 3)
  })

  it('turns senders without the token away', async () => {
    const bearerTokenFile = join(folderOf(), 'token')
    writeFileSync(bearerTokenFile, 'secret')
    const reading = read({ http: 'off', bearerTokenFile })
    const [port] = await reading.ports()
    expect((await exportTo(port, encodeRequest(call))).code).toBe(status.UNAUTHENTICATED)
    expect((await exportTo(port, encodeRequest(call), { token: 'wrong' })).code).toBe(status.UNAUTHENTICATED)
    expect((await exportTo(port, encodeRequest(call), { token: 'secret' })).code).toBe(0)
  })
})

it('pairs halves that come over different ports, and says who sends', async () => {
  const reading = read()
  const [grpc, http] = await reading.ports()
  const [client, server] = call.resourceSpans
  await exportTo(grpc, encodeRequest({ resourceSpans: [server] }))
  const answer = await fetch(`http://127.0.0.1:${http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [client] }),
  })
  expect(answer.status).toBe(200)
  await until(() => observed(reading).length === 2)
  expect(reading.batches.find(({ facts }) => facts)?.facts).toMatchObject({
    senders: 1,
    'calls paired': expect.any(Number),
  })
  expect(reading.batches.findLast(({ checkpoint }) => checkpoint)?.checkpoint?.time).toBeLessThanOrEqual(Date.now())
})

it('lets halves go after their time, and the rest when it ends', async () => {
  const reading = read({ http: 'off' })
  const [port] = await reading.ports()
  await exportTo(port, encodeRequest(requestOf([{ 'service.name': 'a' }, { id: 1, parent: 9, kind: 2 }])))
  await until(() => observed(reading).length === 1)
  const waiting = read({ http: 'off' }, { pair: { ...limits.pair, ttlMs: 3_600_000 } })
  const [other] = await waiting.ports()
  await exportTo(other, encodeRequest(requestOf([{ 'service.name': 'a' }, { id: 1, parent: 9, kind: 2 }])))
  waiting.stop()
  expect(await waiting.done).toBeNull()
  expect(observed(waiting).map((o) => o.type === 'request' && lineOf(o))).toEqual(['unknown -> a destination'])
})

it('tells of spans that the bound dropped as a gap', async () => {
  const reading = read({ http: 'off' }, { pair: { ...limits.pair, ttlMs: 3_600_000, maxHeld: 2 } })
  const [port] = await reading.ports()
  const spans = [1, 2, 3, 4, 5].map((id) => ({ id, parent: 100 + id, kind: 2, endMs: 1_000_000 + id }))
  await exportTo(port, encodeRequest(requestOf([{ 'service.name': 'a' }, ...spans])))
  await until(() => reading.batches.some(({ gaps }) => gaps.length > 0))
  expect(reading.batches.flatMap(({ gaps }) => gaps)).toEqual([
    { cluster: 'c1', from: 1_000_001, to: 1_000_003, cause: 'overload', lost: 3, part: '' },
  ])
})

describe('ports', () => {
  it.each(['grpc', 'http'])('says what to do when the %s port is taken', async (kind) => {
    const blocker = createServer()
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port))
    })
    cleanups.push(() => blocker.close())
    const error = await read({ [kind]: `127.0.0.1:${port}` }).done
    expect(error?.message).toMatch(
      new RegExp(`127.0.0.1:${port} .*Another program has it.* set another ${kind} address`),
    )
  })

  it('are free again when the source ends, also while its last batch is not taken', async () => {
    const reading = read({ grpc: 'off' }, {}, () => new Promise(() => {}))
    const [port = 0] = await reading.ports()
    const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(call),
    })
    expect(response.status).toBe(200)
    await until(() => reading.batches.length > 0)
    reading.stop()
    await until(() => reading.openings() === 1)
    const isFree = () =>
      new Promise<boolean>((resolve) => {
        const server = createServer().once('error', () => resolve(false))
        server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
      })
    await expect.poll(isFree, { timeout: 10_000, interval: 20 }).toBe(true)
  })

  it('speak TLS, with new certificates once the files change', async () => {
    const folder = folderOf()
    makeCertificate(folder, 'one')
    makeCertificate(folder, 'two')
    const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
    const use = (name: string) => {
      copyFileSync(join(folder, `${name}.crt`), tls.cert)
      copyFileSync(join(folder, `${name}.key`), tls.key)
    }
    use('one')
    const reading = read({ http: 'off', tls })
    const trusted = (name: string) => ({ ca: readFileSync(join(folder, `${name}.crt`)) })
    const code = async (name: string) =>
      (await exportTo((await reading.ports())[0], encodeRequest(call), trusted(name))).code
    expect(await code('one')).toBe(0)
    use('two')
    await expect.poll(() => code('two'), { timeout: 20_000, interval: 50 }).toBe(0)
    expect(reading.openings()).toBeGreaterThan(1)
  })

  it('names a TLS or token file that cannot be read', async () => {
    const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' }
    expect((await read({ tls }).done)?.message).toMatch(/\/nowhere\/cert\.pem/)
    expect((await read({ bearerTokenFile: '/nowhere/token' }).done)?.message).toMatch(
      /\/nowhere\/token.*bearerTokenFile/,
    )
  })
})

function makeCertificate(folder: string, name: string): void {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`]
  const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:oriel.test']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...names], { cwd: folder, stdio: 'pipe' })
}

it('has loopback ports by default and is off by no default of both', () => {
  expect(otlp.target(otlpConfig.parse({}))).toBe('gRPC 127.0.0.1:4317 and HTTP 127.0.0.1:4318')
  expect(otlp.target(otlpConfig.parse({ grpc: 'off', cluster: 'west' }))).toBe('west at HTTP 127.0.0.1:4318')
  expect(otlpConfig.safeParse({ grpc: 'off', http: 'off' }).success).toBe(false)
})
