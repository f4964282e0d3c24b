import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import grpc from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { hubbleConfig } from './config'
import { createEncoder } from './test-encode'
import { makeCertificates, startProxy } from './test-network'
import { gapsOf, observed, readFrom as read } from './test-reading'
import { startTestServer, type TestServer } from './test-server'

const encode = createEncoder()
const at = (ms: number) => new Date(ms).toISOString()
const flowAt = (ms: number, uuid: string) =>
  encode({
    flow: {
      time: at(ms),
      uuid,
      verdict: 'FORWARDED',
      Type: 'L3_L4',
      IP: { source: '10.0.0.1', destination: '10.0.0.2' },
      l4: { TCP: { source_port: 40000, destination_port: 80, flags: { SYN: true } } },
      node_name: 'n1',
      event_type: { type: 4 },
      is_reply: false,
      traffic_direction: 'INGRESS',
    },
    node_name: 'n1',
    time: at(ms),
  })

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

const readFrom = (...args: Parameters<typeof read>) => {
  const reading = read(...args)
  cleanups.push(reading.stop)
  return reading
}

async function serve(credentials?: grpc.ServerCredentials): Promise<TestServer> {
  const server = await startTestServer(credentials)
  cleanups.push(() => server.stop())
  return server
}

const configOf = (port: number, more: object = {}) => hubbleConfig.parse({ address: `127.0.0.1:${port}`, ...more })
const until = (check: () => boolean) => expect.poll(check, { timeout: 10_000, interval: 10 }).toBe(true)

/** `since` of a GetFlowsRequest in milliseconds, null without one. */
function sinceOf(request: Buffer | undefined): number | null {
  if (!request) return null
  const at = request.indexOf(58)
  if (at !== 2) return null
  let seconds = 0
  let scale = 1
  let i = at + 3
  for (; (request[i] ?? 0) >= 0x80; i++, scale *= 128) seconds += ((request[i] ?? 0) & 0x7f) * scale
  return (seconds + (request[i] ?? 0) * scale) * 1000
}

describe('following', () => {
  it('says of a stream that is there and silent up to when nothing happened, and no more than pings prove', async () => {
    const server = await serve()
    const time = Date.now() - 60_000
    server.onFlows = (stream) => stream.write(flowAt(time, 'a'))
    const reading = readFrom(configOf(server.port), null, { keepaliveMs: 400, keepaliveTimeoutMs: 100 })
    await until(() => reading.batches.filter(({ toldUntil }) => toldUntil !== undefined).length === 2)
    const said = reading.batches.flatMap(({ toldUntil }) => toldUntil ?? [])
    expect(said[0]).toBeGreaterThan(time)
    expect(said[1]).toBeLessThanOrEqual(Date.now() - 500)
    expect(reading.batches.find(({ toldUntil }) => toldUntil)).toMatchObject({ observations: [], checkpoint: null })
  })

  it('delivers flows with a checkpoint a little before the newest, and says what the server is', async () => {
    const server = await serve()
    server.status = { version: '1.19.4', num_connected_nodes: 3, num_unavailable_nodes: 0, num_flows: '7' }
    const time = Date.now() - 60_000
    server.onFlows = (stream) => stream.write(flowAt(time, 'a'))
    const reading = readFrom(configOf(server.port))
    await until(() => observed(reading).length === 1 && reading.batches.some((batch) => batch.facts))
    expect(observed(reading)[0]).toMatchObject({ time, port: 80, cluster: 'c1' })
    expect(reading.batches.find((batch) => batch.checkpoint)?.checkpoint).toEqual({ time: time - 2_000 })
    expect(reading.batches.find((batch) => batch.facts)?.facts).toMatchObject({
      version: '1.19.4',
      'nodes connected': 3,
      'nodes unavailable': 0,
    })
    reading.stop()
    expect(await reading.done).toBeNull()
  })

  it('asks for five minutes at first, and from a little before the checkpoint after a stop', async () => {
    const server = await serve()
    const first = readFrom(configOf(server.port))
    await until(() => server.requests.length === 1)
    first.stop()
    await first.done
    expect(Math.abs((sinceOf(server.requests[0]) ?? 0) - (Date.now() - 300_000))).toBeLessThan(20_000)
    const checkpoint = 1_700_000_000_000
    const second = readFrom(configOf(server.port), { time: checkpoint })
    await until(() => server.requests.length === 2)
    expect(sinceOf(server.requests[1])).toBe(checkpoint - 10_000)
    second.stop()
  })

  it('reads whole flows from a server that turns down the field mask', async () => {
    const server = await serve()
    server.onFlows = (stream) => {
      if (server.requests.length === 1)
        stream.emit('error', { code: grpc.status.INVALID_ARGUMENT, details: 'invalid fieldmask' })
      else stream.write(flowAt(Date.now(), 'a'))
    }
    const reading = readFrom(configOf(server.port))
    await until(() => observed(reading).length === 1)
    const [masked, whole] = server.requests
    expect(masked?.includes('source_names')).toBe(true)
    expect(whole?.includes('source_names')).toBe(false)
    reading.stop()
  })

  it('throws, with what to do, when the server goes away', async () => {
    const server = await serve()
    const reading = readFrom(configOf(server.port))
    await until(() => server.requests.length === 1)
    server.stop()
    expect((await reading.done)?.message).toMatch(/Hubble at 127\.0\.0\.1.*Check that Hubble Relay runs/)
  })

  it('counts messages that are no protobuf and goes on', async () => {
    const server = await serve()
    server.onFlows = (stream) => {
      stream.write(Buffer.from([0x0a, 0xff, 0xff]))
      stream.write(flowAt(Date.now(), 'a'))
    }
    const reading = readFrom(configOf(server.port))
    await until(() => observed(reading).length === 1)
    expect(reading.batches.reduce((sum, batch) => sum + batch.malformed, 0)).toBe(1)
    reading.stop()
  })

  it('finds a peer that is gone without a word', async () => {
    const server = await serve()
    const proxy = await startProxy(server.port)
    cleanups.push(proxy.stop)
    const reading = readFrom(configOf(proxy.port), null, { keepaliveMs: 200, keepaliveTimeoutMs: 200 })
    await until(() => server.requests.length === 1)
    proxy.freeze()
    expect(await reading.done).toBeInstanceOf(Error)
  })
})

describe('gaps', () => {
  it('lost events are one gap with their number, told with the next take or at the end', async () => {
    const server = await serve()
    const time = Date.now()
    server.onFlows = (stream) => {
      stream.write(flowAt(time - 5_000, 'a'))
      for (const n of ['10', '32']) {
        stream.write(
          encode({
            lost_events: { source: 'HUBBLE_RING_BUFFER', num_events_lost: n },
            node_name: 'n1',
            time: at(time),
          }),
        )
      }
    }
    const reading = readFrom(configOf(server.port))
    await until(() => observed(reading).length === 1)
    reading.stop()
    await reading.done
    expect(gapsOf(reading)).toEqual([
      { cluster: 'c1', cause: 'lost_events', part: 'n1', lost: 42, from: expect.any(Number), to: time },
    ])
  })

  it('a node that is unavailable is an open gap until it is connected again', async () => {
    const server = await serve()
    const time = Date.now()
    const status = (state: string, ms: number) =>
      encode({ node_status: { state_change: state, node_names: ['n1', 'n2'] }, node_name: 'relay', time: at(ms) })
    server.onFlows = (stream) => {
      stream.write(status('NODE_CONNECTED', time - 9_000))
      stream.write(status('NODE_UNAVAILABLE', time - 5_000))
      stream.write(status('NODE_CONNECTED', time))
    }
    const reading = readFrom(configOf(server.port))
    await until(() => gapsOf(reading).length === 4)
    const ofFirst = gapsOf(reading).filter((gap) => gap.part === 'n1')
    expect(ofFirst.map(({ from, to, cause }) => ({ from, to, cause }))).toEqual([
      { from: time - 5_000, to: null, cause: 'node_down' },
      { from: time - 5_000, to: time, cause: 'node_down' },
    ])
    reading.stop()
  })

  it('a ring that has wrapped past the checkpoint is a gap of that node', async () => {
    const server = await serve()
    const checkpoint = Date.now() - 120_000
    server.nodes = {
      nodes: [{ name: 'n1', num_flows: '4095', max_flows: '4095', seen_flows: '1000000', uptime_ns: '10000000000' }],
    }
    server.onFlows = (stream) => stream.write(flowAt(checkpoint + 90_000, 'a'))
    const reading = readFrom(configOf(server.port), { time: checkpoint })
    await until(() => gapsOf(reading).length === 1)
    expect(gapsOf(reading)[0]).toMatchObject({
      part: 'n1',
      cause: 'lost_events',
      lost: null,
      from: checkpoint,
      to: checkpoint + 90_000,
    })
    reading.stop()
  })
})

describe('back-pressure', () => {
  it('a slow reader stops the server instead of filling memory, and loses nothing', async () => {
    const server = await serve()
    const total = 30_000
    let written = 0
    server.onFlows = (stream) => {
      const time = Date.now()
      const more = () => {
        while (written < total)
          if (!stream.write(flowAt(time, `uuid-${written++}`))) return void stream.once('drain', more)
      }
      more()
    }
    let stalled = true
    let release = () => {}
    const reading = readFrom(configOf(server.port), null, {}, async () => {
      if (stalled) await new Promise<void>((resolve) => (release = resolve))
    })
    await until(() => observed(reading).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const whileStalled = written
    expect(whileStalled).toBeLessThan(total)
    stalled = false
    release()
    await expect.poll(() => observed(reading).length, { timeout: 90_000, interval: 200 }).toBe(total)
    expect(new Set(observed(reading).map((o) => o.key)).size).toBe(total)
    reading.stop()
  })
})

describe('mTLS', () => {
  it('shows its certificate, and connects anew without a loss when the files change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hubble-tls-'))
    cleanups.push(() => rmSync(folder, { recursive: true }))
    makeCertificates(folder)
    const file = (name: string) => join(folder, name)
    const seen: string[] = []
    const server = await serve(
      grpc.ServerCredentials.createSsl(
        readFileSync(file('ca.crt')),
        [{ cert_chain: readFileSync(file('server.crt')), private_key: readFileSync(file('server.key')) }],
        true,
      ),
    )
    server.onFlows = (stream) => {
      const peer = stream.getAuthContext().sslPeerCertificate
      seen.push(String(peer?.subject.CN))
      stream.write(flowAt(Date.now(), `uuid-${seen.length}`))
    }
    for (const end of ['crt', 'key']) copyFileSync(file(`client1.${end}`), file(`client.${end}`))
    const tls = { ca: file('ca.crt'), cert: file('client.crt'), key: file('client.key'), serverName: 'relay.test' }
    const reading = readFrom(configOf(server.port, { tls }))
    await until(() => observed(reading).length === 1)
    for (const end of ['crt', 'key']) copyFileSync(file(`client2.${end}`), file(`client.${end}`))
    await until(() => observed(reading).length === 2)
    expect(seen).toEqual(['client1', 'client2'])
    reading.stop()
    expect(await reading.done).toBeNull()
    const without = readFrom(configOf(server.port, { tls: { ca: file('ca.crt'), serverName: 'relay.test' } }))
    expect(await without.done).toBeInstanceOf(Error)
  })
})
