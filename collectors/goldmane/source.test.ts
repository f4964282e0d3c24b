import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import grpc from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import type { Batch, Checkpoint } from '@/collectors/source'
import { goldmaneConfig } from './config'
import { createGoldmane, type Timings } from './source'
import { encodeResult, flowOf } from './test-encode'
import { checkpointsOf, gapsOf, limits, observed, startReading, timings } from './test-reading'
import { makeCertificates, startTestServer } from './test-server'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function serve(credentials?: grpc.ServerCredentials) {
  const server = await startTestServer(credentials)
  cleanups.push(server.stop)
  return server
}

type More = { from?: Checkpoint | null; changed?: Partial<Timings>; on?: (batch: Batch) => Promise<void>; tls?: object }

function readFrom(port: number, { from = null, changed = {}, on, tls }: More = {}) {
  const config = goldmaneConfig.parse({ address: `127.0.0.1:${port}`, ...(tls && { tls }) })
  const reading = startReading(createGoldmane({ ...timings, ...changed }, limits), config, from, on)
  cleanups.push(reading.stop)
  return reading
}

const until = (check: () => boolean) => expect.poll(check, { timeout: 20_000, interval: 10 }).toBe(true)
/** Start of a bucket some buckets ago, in seconds. */
const bucket = (ago: number) => Math.floor(Date.now() / 15_000 - ago) * 15
const result = (start: number, id = 1, key: object = {}) =>
  encodeResult({ id, flow: flowOf(key, { startTime: start, endTime: start + 15 }) })

/** As fast as the reader takes it. */
function writeAll(stream: grpc.ServerWritableStream<Buffer, Buffer>, message: (n: number) => Buffer, total: number) {
  let n = 0
  const more = () => {
    while (n < total && !stream.cancelled) if (!stream.write(message(++n))) return void stream.once('drain', more)
  }
  more()
}

describe('following', () => {
  it('gives each bucket’s flows, with a checkpoint at the end of the newest complete one, and says what it learns', async () => {
    const server = await serve()
    const [older, newer] = [bucket(5), bucket(4)]
    const trace = { policies: { enforcedPolicies: [{ kind: 'ClusterNetworkPolicy', name: 'x' }] } }
    server.onStream = (stream) => {
      for (const message of [result(older, 1, trace), result(older, 2), result(newer, 2)]) stream.write(message)
    }
    const reading = readFrom(server.port)
    await until(() => observed(reading).length === 3 && reading.batches.some(({ facts }) => facts))
    expect(observed(reading).map(({ time, spanMs, cluster }) => [time, spanMs, cluster])).toEqual(
      [older, older, newer].map((start) => [start * 1000, 15_000, 'c1']),
    )
    expect(checkpointsOf(reading).at(-1)).toBe(newer * 1000)
    expect(Object.assign({}, ...reading.batches.map(({ facts }) => facts))).toEqual({
      'Calico version, by its policy kinds': '3.32 or newer',
      'flows in the last full bucket': 2,
    })
    reading.stop()
    expect(await reading.done).toBeNull()
  })

  const now = Math.floor(Date.now() / 1000)
  it.each([
    ['five minutes at first, by the server’s clock', null, -300],
    ['one bucket before the checkpoint', now - 600, now - 615],
    ['the whole ring when the checkpoint is older', now - 7200, -3500],
  ])('asks for %s', async (_, from, expected) => {
    const server = await serve()
    readFrom(server.port, { from: from === null ? null : { time: from * 1000 } })
    await until(() => server.starts.length === 1)
    expect(server.starts).toEqual([expected])
  })

  it.each([
    ['went away', {}, /Check that Goldmane runs/],
    ['is full', { code: grpc.status.RESOURCE_EXHAUSTED, details: 'streams' }, /at most 100 streams/],
    ['knows no such call', { code: grpc.status.UNIMPLEMENTED, details: 'x' }, /3\.30 or newer/],
  ])('throws, with what to do, when the server %s', async (_, error, message) => {
    const server = await serve()
    server.onStream = (stream) => ('code' in error ? stream.emit('error', error) : stream.end())
    expect((await readFrom(server.port).done)?.message).toMatch(message)
  })

  it('counts messages that are no protobuf and goes on', async () => {
    const server = await serve()
    server.onStream = (stream) => {
      stream.write(Buffer.from([0x12, 0xff, 0xff]))
      stream.write(result(bucket(3)))
    }
    const reading = readFrom(server.port)
    await until(() => observed(reading).length === 1)
    expect(reading.batches.reduce((sum, { malformed }) => sum + malformed, 0)).toBe(1)
  })

  it('a bucket from the future moves no checkpoint', async () => {
    const server = await serve()
    server.onStream = (stream) => stream.write(result(bucket(-40)))
    const reading = readFrom(server.port)
    await until(() => observed(reading).length === 1)
    expect(checkpointsOf(reading)).toEqual([])
  })
})

describe('resuming', () => {
  it('a Goldmane that began anew gives nothing twice: what lies across the checkpoint is told as a gap', async () => {
    const server = await serve()
    const from = bucket(10)
    server.onStream = (stream) => {
      // The last keeps the rhythm of those read before: a replay, whose key is known.
      for (const start of [from - 60, from - 21, from - 6, from + 9, from - 15]) stream.write(result(start, start))
    }
    const reading = readFrom(server.port, { from: { time: from * 1000 } })
    await until(() => observed(reading).length === 2)
    expect(observed(reading).map(({ time }) => time / 1000)).toEqual([from + 9, from - 15])
    expect(gapsOf(reading)).toEqual([
      { cluster: 'c1', from: from * 1000, to: (from + 9) * 1000, cause: 'lost_events', lost: null, part: '' },
    ])
  })

  it('after a stall it asks for what Goldmane may have dropped', async () => {
    const server = await serve()
    const start = bucket(4)
    const total = 5_000
    server.onStream = (stream) => writeAll(stream, (n) => result(start, n, { destPort: n }), total)
    const slow = async () => {
      if (server.starts.length === 1) await new Promise((resolve) => setTimeout(resolve, 1_500))
    }
    const reading = readFrom(server.port, { changed: { stallMs: 500 }, on: slow })
    await until(() => server.starts.length >= 2)
    expect(server.starts.slice(0, 2)).toEqual([-300, start - 15])
    await until(() => new Set(observed(reading).map(({ key }) => key)).size === total)
    expect(gapsOf(reading)).toEqual([])
  })
})

it('a slow reader stops the server instead of filling memory, and loses nothing', async () => {
  const server = await serve()
  const total = 20_000
  let written = 0
  const start = bucket(3)
  server.onStream = (stream) => writeAll(stream, (n) => result(start, (written = n)), total)
  let stalled = true
  let release = () => {}
  const reading = readFrom(server.port, {
    on: async () => {
      if (stalled) await new Promise<void>((resolve) => (release = resolve))
    },
  })
  await until(() => observed(reading).length > 0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(written).toBeLessThan(total)
  stalled = false
  release()
  await expect.poll(() => observed(reading).length, { timeout: 60_000, interval: 100 }).toBe(total)
})

it('mTLS: shows its certificate, connects anew when the files change, and says what is missing without them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldmane-tls-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  makeCertificates(folder)
  const file = (name: string) => join(folder, name)
  const pair = { cert_chain: readFileSync(file('server.crt')), private_key: readFileSync(file('server.key')) }
  const server = await serve(grpc.ServerCredentials.createSsl(readFileSync(file('ca.crt')), [pair], true))
  const seen: string[] = []
  server.onStream = (stream) => {
    seen.push(String(stream.getAuthContext().sslPeerCertificate?.subject.CN))
    stream.write(result(bucket(5 - seen.length)))
  }
  const install = (name: string) => {
    for (const end of ['crt', 'key']) copyFileSync(file(`${name}.${end}`), file(`client.${end}`))
  }
  install('client1')
  const ca = { ca: file('ca.crt'), serverName: 'goldmane.test' }
  const reading = readFrom(server.port, { tls: { ...ca, cert: file('client.crt'), key: file('client.key') } })
  await until(() => observed(reading).length === 1)
  install('client2')
  await until(() => observed(reading).length === 2)
  expect(seen).toEqual(['client1', 'client2'])
  reading.stop()
  expect(await reading.done).toBeNull()
  const without = await readFrom(server.port, { tls: ca }).done
  expect(without?.message).toMatch(/asks for a client certificate.*whisker-backend-key-pair/)
})

describe('discovery', () => {
  const found = (namespace: string, port: number) =>
    createGoldmane(timings, limits).discover({
      cluster: 'c1',
      services: () => [{ namespace, name: 'goldmane', ports: [{ name: '', port }] }],
      pods: () => [],
      nodes: () => [],
    })

  it('finds the operator’s Service, with TLS', () => {
    expect(found('calico-system', 7443)).toEqual([
      { address: 'goldmane.calico-system.svc:7443', tls: { insecureSkipVerify: false } },
    ])
    expect(found('elsewhere', 7443)).toEqual([])
  })
})
