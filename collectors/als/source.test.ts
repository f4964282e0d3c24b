import { createServer } from 'node:net'
import { status } from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { alsConfig } from './config'
import { als } from './source'
import { encodeMessage } from './test-encode'
import { limits } from './test-reading'
import { http, inbound, outbound, tcp, webNode } from './test-samples'
import { cart, first, listening, next, until } from './testing-source'

const { cleanups, read, sender } = listening()

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
