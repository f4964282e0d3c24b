import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { credentials, status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { alsConfig } from './config'
import { als } from './source'
import { encodeMessage } from './test-encode'
import { makeCertificates, startProxy, startSender } from './test-network'
import { type ReadOptions, inventoryOf, limits, startReading } from './test-reading'
import { cartNode, http, inbound, outbound, tcp, webNode } from './test-samples'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

const cleanedUp = <T extends { stop(): void }>(thing: T): T => {
  cleanups.push(() => thing.stop())
  return thing
}
const read = (options?: ReadOptions) => cleanedUp(startReading(options))
const sender = (...args: Parameters<typeof startSender>) => cleanedUp(startSender(...args))
const until = (check: () => boolean) => expect.poll(check, { timeout: 20_000, interval: 10 }).toBe(true)
const first = encodeMessage(http(cartNode, inbound))
const next = (id: string) => encodeMessage(http(null, { ...inbound, stream_id: id }))
const cart = 'shop/cart-6f9c8d7b5-x2v4q'

describe('listening', () => {
  it('gives what proxies send, and says who they are', async () => {
    const reading = read()
    const port = await reading.port
    const web = sender(port)
    await web.send(encodeMessage(tcp(webNode, { ...outbound, access_log_type: 3 }, { sent_bytes: 9 })))
    const one = sender(port, undefined, 'v2')
    await one.send(first)
    await one.send(next('b'))
    await until(() => reading.observed().length === 3 && reading.facts()['proxies connected'] === 2)
    expect(
      reading
        .observed()
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['flow', 'request', 'request'])
    await until(() => reading.facts()['HTTP entries'] === 2)
    expect(reading.facts()).toMatchObject({
      streams: 2,
      'Envoy versions': '1.35.3 (2)',
      'Istio versions': '1.27.1 (2)',
      'TCP entries': 1,
    })
    expect(reading.gaps()).toEqual([])
  })

  it('says that it runs before anyone sends, and that a silent proxy is no outage', async () => {
    const reading = read()
    const one = sender(await reading.port)
    await one.send(first)
    await until(() => reading.observed().length === 1)
    const before = Date.now()
    await until(() => reading.batches.some((batch) => (batch.checkpoint?.time ?? 0) >= before))
    expect(reading.gaps()).toEqual([])
    // Up to the ping that it must have answered, it had nothing to tell.
    const idleBatches = () =>
      reading.batches.filter((batch) => batch.observations.length === 0 && batch.toldUntil !== undefined)
    await until(() => idleBatches().length > 0)
    const [idle] = idleBatches()
    expect(idle?.toldUntil).toBe((idle?.checkpoint?.time ?? 0) - 40_000)
  })

  it('claims nothing of a time in which no proxy is connected', async () => {
    const reading = read()
    const one = sender(await reading.port)
    await one.send(first)
    one.end()
    await one.closed
    await until(() => reading.observed().length === 1 && reading.facts()['streams'] === 0)
    const told = reading.batches.length
    const again = sender(await reading.port)
    await again.send(first)
    await until(() => reading.observed().length === 2)
    expect(reading.batches.slice(told, -1).filter(({ toldUntil }) => toldUntil !== undefined)).toEqual([])
  })

  it('answers a proxy that ends its stream', async () => {
    const reading = read()
    const one = sender(await reading.port)
    await one.send(first)
    one.end()
    expect(await one.closed).toBeNull()
    await until(() => reading.observed().length === 1)
  })

  it('leaves the port free when it stops', async () => {
    const reading = read()
    const port = await reading.port
    reading.stop()
    expect(await reading.done).toBeNull()
    const again = read({ config: { listen: `127.0.0.1:${port}` } })
    expect(await again.port).toBe(port)
  })

  it('says what to do about a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => other.close())
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    const reading = read({ config: { listen: `127.0.0.1:${port}` } })
    expect((await reading.done)?.message).toMatch(/Cannot listen .*Another program.*listen setting/)
  })

  it('counts what is no access log message, and goes on', async () => {
    const reading = read()
    const one = sender(await reading.port)
    await one.send(first)
    await one.send(Buffer.from([0xff, 0xff, 0xff]))
    await one.send(next('b'))
    await until(() => reading.observed().length === 2)
    expect(reading.batches.reduce((sum, batch) => sum + batch.malformed, 0)).toBe(1)
  })

  it('refuses a message of 5 MB clearly, and draws the loss', async () => {
    const reading = read()
    const one = sender(await reading.port)
    await one.send(first)
    await until(() => reading.observed().length === 1)
    const path = `/${'x'.repeat(5_000_000)}`
    void one.send(encodeMessage(http(null, inbound, { request: { path } })))
    const error = await one.closed
    expect(error?.code).toBe(status.RESOURCE_EXHAUSTED)
    expect(error?.details).toMatch(/A message of 5\d{6} bytes is larger than 4000000; lower/)
    await until(() => reading.gaps().some(({ cause, part }) => cause === 'malformed' && part === cart))
  })

  it('is described by where it listens', () => {
    expect(als.target(alsConfig.parse({}))).toBe('127.0.0.1:9001')
    const tls = { cert: 'a', key: 'b' }
    expect(als.target(alsConfig.parse({ cluster: 'east', listen: '0.0.0.0:9001', tls }))).toBe(
      'east on 0.0.0.0:9001 (TLS)',
    )
  })
})

describe('back-pressure', () => {
  const send = async (reading: ReturnType<typeof read>, senders: number, each: number) => {
    const port = await reading.port
    const all = Array.from({ length: senders }, () => sender(port))
    await Promise.all(
      all.map(async (one, s) => {
        await one.send(first)
        for (let i = 1; i < each; i++) await one.send(next(`${s}-${i}`))
        one.end()
      }),
    )
    for (const one of all) expect(await one.closed).toBeNull()
  }

  it('through a tiny inbox loses nothing', async () => {
    const reading = read({ limits: { ...limits, maxMessages: 2, maxBytes: 1_000 } })
    await send(reading, 4, 300)
    await until(() => reading.observed().length >= 1_200)
    expect(new Set(reading.observed().map(({ key }) => key)).size).toBe(4 * 299 + 1)
  })

  it('that lasts is drawn as overload', async () => {
    const onBatch = () => new Promise<void>((resolve) => setTimeout(resolve, 30))
    const reading = read({ limits: { ...limits, maxMessages: 1 }, changed: { stallMs: 10 }, onBatch })
    await send(reading, 1, 10)
    await until(() => reading.gaps().some(({ cause, lost }) => cause === 'overload' && lost === null))
    await until(() => reading.observed().length === 10)
  })
})

describe('a proxy whose stream breaks off', () => {
  const connected = async (options?: ReadOptions, port?: number) => {
    const reading = read(options)
    const own = await reading.port
    const one = sender(port ?? own)
    await one.send(first)
    await until(() => reading.observed().length === 1)
    return { reading, one, port: own }
  }

  it('was away until it is back', async () => {
    const { reading, one, port } = await connected()
    one.cancel()
    await until(() => reading.facts()['proxies connected'] === 0)
    await sender(port).send(first)
    await until(() => reading.gaps().length > 0)
    const [gap] = reading.gaps()
    expect(gap).toMatchObject({ cluster: 'c1', cause: 'node_down', part: cart, lost: null })
    expect(gap?.to ?? 0).toBeGreaterThanOrEqual(gap?.from ?? Number.NaN)
  })

  it('is away as long as its pod runs without it', async () => {
    const pods = new Set([cart])
    const { reading, one } = await connected({ inventory: inventoryOf(pods) })
    one.cancel()
    await until(() => reading.gaps().length === 1)
    expect(reading.gaps()[0]).toMatchObject({ part: cart, to: null })
    pods.clear()
    await until(() => reading.gaps().length === 2)
    expect(reading.gaps()[1]).toMatchObject({ part: cart, from: reading.gaps()[0]?.from })
    expect(reading.gaps()[1]?.to).not.toBeNull()
  })

  it('has nothing more to tell when its pod is gone', async () => {
    const { reading, one } = await connected({ inventory: inventoryOf(new Set()) })
    one.cancel()
    await until(() => reading.facts()['proxies connected'] === 0)
    reading.stop()
    await reading.done
    expect(reading.gaps()).toEqual([])
  })

  it('is noticed on a connection that is dead without a word', async () => {
    const reading = read({ changed: { keepaliveMs: 200, keepaliveTimeoutMs: 200 } })
    const proxy = cleanedUp(await startProxy(await reading.port))
    const one = sender(proxy.port)
    await one.send(first)
    await until(() => reading.facts()['proxies connected'] === 1)
    proxy.freeze()
    await until(() => reading.facts()['proxies connected'] === 0)
  })

  it('leaves no gap open when the source stops', async () => {
    const { reading, one } = await connected({ inventory: inventoryOf(new Set([cart])) })
    one.cancel()
    await until(() => reading.gaps().length === 1)
    reading.stop()
    await reading.done
    expect(reading.gaps()).toHaveLength(2)
    expect(reading.gaps()[1]?.to).not.toBeNull()
  })
})

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-als-'))
  makeCertificates(folder, 'a')
  makeCertificates(folder, 'b')
  const file = (name: string) => join(folder, name)
  const use = (name: string) => {
    for (const end of ['server.crt', 'server.key']) copyFileSync(file(`${name}-${end}`), file(end))
  }
  const pem = (name: string) => readFileSync(file(name))
  const trusting = (ca: string, client?: string) =>
    credentials.createSsl(
      pem(`${ca}-ca.crt`),
      client ? pem(`${client}-client.key`) : null,
      client ? pem(`${client}-client.crt`) : null,
    )
  const tls = { cert: file('server.crt'), key: file('server.key') }
  cleanupAfterAll(folder)

  it('lets in those with a certificate of the authority, and no others', async () => {
    use('a')
    const reading = read({ config: { tls: { ...tls, clientCa: file('a-ca.crt') } } })
    const port = await reading.port
    await sender(port, trusting('a', 'a')).send(first)
    await until(() => reading.observed().length === 1)
    for (const stranger of [trusting('a'), trusting('a', 'b'), credentials.createInsecure()]) {
      const other = sender(port, stranger)
      void other.send(first)
      expect((await other.closed)?.code).toBe(status.UNAVAILABLE)
    }
    expect(reading.observed()).toHaveLength(1)
  })

  it('uses renewed files for new connections and keeps the others open', async () => {
    use('a')
    const reading = read({ config: { tls } })
    const port = await reading.port
    const old = sender(port, trusting('a'))
    await old.send(first)
    await until(() => reading.observed().length === 1)
    writeFileSync(file('server.crt'), 'half written')
    use('b')
    await expect
      .poll(
        async () => {
          const fresh = sender(port, trusting('b'))
          void fresh.send(next('b'))
          return Promise.race([
            fresh.closed.then(() => false),
            until(() => reading.observed().length >= 2).then(() => true),
          ])
        },
        { timeout: 20_000 },
      )
      .toBe(true)
    await old.send(next('c'))
    await until(() => reading.observed().length >= 3)
    expect(reading.gaps()).toEqual([])
  })

  it('says what is wrong with files that are no certificates', async () => {
    writeFileSync(file('bad.crt'), 'no certificate')
    const bad = read({ config: { tls: { ...tls, cert: file('bad.crt') } } })
    expect((await bad.done)?.message).toMatch(/TLS files of the source als cannot be used/)
    const missing = read({ config: { tls: { ...tls, cert: file('none.crt') } } })
    expect((await missing.done)?.message).toMatch(/Cannot read the TLS file .*none\.crt/)
  })
})

function cleanupAfterAll(folder: string): void {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
}
