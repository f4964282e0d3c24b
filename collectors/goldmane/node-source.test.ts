import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClientDuplexStream, Client, credentials } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import type { Batch } from '@/collectors/source'
import { goldmaneNodeConfig } from './config'
import { createGoldmaneNode } from './node-source'
import { encodeUpdate, flowOf } from './test-encode'
import { checkpointsOf, limits, observed, startReading } from './test-reading'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).toReversed()) cleanup()
})

function newSocket(): string {
  const folder = mkdtempSync(join(tmpdir(), 'felix-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'flows', 'flows.sock')
}

type More = { from?: number; on?: (batch: Batch) => Promise<void>; maxMessages?: number }

function readFrom(socket: string, { from, on, maxMessages = 1_000 }: More = {}) {
  const config = goldmaneNodeConfig.parse({ node: 'n1', socket })
  const source = createGoldmaneNode({ ...limits, maxMessages })
  const reading = startReading(source, config, from === undefined ? null : { time: from }, on)
  cleanups.push(reading.stop)
  return reading
}

const until = (check: () => boolean) => expect.poll(check, { timeout: 20_000, interval: 10 }).toBe(true)
const raw = (bytes: Buffer) => bytes

/** As Felix: sends one flow, waits for its receipt, sends the next. */
function connectFelix(socket: string) {
  const client = new Client(`unix:${socket}`, credentials.createInsecure())
  const stream: ClientDuplexStream<Buffer, Buffer> = client.makeBidiStreamRequest(
    '/goldmane.FlowCollector/Connect',
    raw,
    raw,
  )
  const receipts: Buffer[] = []
  stream.on('data', (receipt: Buffer) => receipts.push(receipt))
  stream.on('error', () => {})
  const close = () => client.close()
  cleanups.push(close)
  return {
    receipts,
    stream,
    close: () => {
      stream.cancel()
      close()
    },
    async send(...flows: object[]) {
      for (const flow of flows) {
        const n = receipts.length
        stream.write(encodeUpdate({ flow }))
        await until(() => receipts.length === n + 1)
      }
    },
  }
}

/** Felix tells the start only. */
const flowAt = (seconds: number, port = 80) => flowOf({ destPort: port }, { startTime: seconds, endTime: seconds })
const seconds = () => Math.floor(Date.now() / 1000)

describe('a Felix that connects', () => {
  it('gets an empty receipt for each flow, which is read with the node’s name over one flush', async () => {
    const socket = newSocket()
    const reading = readFrom(socket)
    await until(() => existsSync(socket))
    const felix = connectFelix(socket)
    const start = seconds() - 20
    await felix.send(flowAt(start), flowAt(start, 81))
    await until(() => observed(reading).length === 2)
    expect(felix.receipts.map(({ length }) => length)).toEqual([0, 0])
    expect(observed(reading)[0]).toMatchObject({
      time: start * 1000,
      spanMs: 15_000,
      family: 'goldmane',
      cluster: 'c1',
    })
    expect(JSON.parse(observed(reading)[0]?.record?.().shape ?? '')).toMatchObject({ node: 'n1' })
    expect(reading.batches.some(({ facts }) => facts?.['connections of Felix'] === 1)).toBe(true)
  })

  it('tells its last five minutes again, in any order: what was counted counts once, and moves no checkpoint', async () => {
    const socket = newSocket()
    const now = seconds()
    const reading = readFrom(socket, { from: (now - 60) * 1000 })
    await until(() => existsSync(socket))
    const first = connectFelix(socket)
    const replay = [flowAt(now - 15), flowAt(now - 75), flowAt(now - 60), flowAt(now - 45), flowAt(now - 30)]
    await first.send(...replay)
    first.close()
    const second = connectFelix(socket)
    await second.send(...replay.toReversed(), flowAt(now - 300))
    await until(() => observed(reading).length >= 4)
    const starts = observed(reading).map(({ time }) => time / 1000 - now)
    expect(starts.sort((a, b) => a - b)).toEqual([-60, -45, -30, -15])
    expect(checkpointsOf(reading)).toEqual([])
  })

  it('moves the checkpoint with the first flush that began after it connected', async () => {
    const socket = newSocket()
    const reading = readFrom(socket)
    await until(() => existsSync(socket))
    const felix = connectFelix(socket)
    await felix.send(flowAt(seconds() - 30))
    await until(() => observed(reading).length === 1)
    const live = seconds() + 1
    await until(() => seconds() > live)
    await felix.send(flowAt(live))
    await until(() => checkpointsOf(reading).length === 1)
    expect(checkpointsOf(reading)).toEqual([live * 1000])
  })

  it('waits for its receipt while the inbox is full', async () => {
    const socket = newSocket()
    let release = () => {}
    let held = true
    const on = async () => {
      if (held) await new Promise<void>((resolve) => (release = resolve))
    }
    const reading = readFrom(socket, { on, maxMessages: 10 })
    await until(() => existsSync(socket))
    const felix = connectFelix(socket)
    const start = seconds() - 20
    await felix.send(flowAt(start))
    await until(() => reading.batches.length > 0)
    // One that does not wait for receipts is not read either.
    for (let port = 1; port <= 1_000; port++) felix.stream.write(encodeUpdate({ flow: flowAt(start, port) }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(felix.receipts.length).toBeLessThan(50)
    held = false
    release()
    await until(() => observed(reading).length === 1_000)
    await until(() => felix.receipts.length === 1_001)
  })

  it('whose message is no protobuf is counted and answered', async () => {
    const socket = newSocket()
    const reading = readFrom(socket)
    await until(() => existsSync(socket))
    const felix = connectFelix(socket)
    felix.stream.write(Buffer.from([0x0a, 0xff, 0xff]))
    await until(() => felix.receipts.length === 1)
    await until(() => reading.batches.reduce((sum, { malformed }) => sum + malformed, 0) === 1)
  })
})

describe('the socket', () => {
  it('is gone after the stop', async () => {
    const socket = newSocket()
    const reading = readFrom(socket)
    await until(() => existsSync(socket))
    reading.stop()
    expect(await reading.done).toBeNull()
    expect(existsSync(socket)).toBe(false)
  })

  it('that nobody serves any more is replaced', async () => {
    const socket = newSocket()
    const first = readFrom(socket)
    await until(() => existsSync(socket))
    first.stop()
    await first.done
    // A process that was killed leaves the file: bound, and closed without its name being removed.
    const script = `require('net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`
    expect(() => execFileSync(process.execPath, ['-e', script])).toThrow()
    expect(existsSync(socket)).toBe(true)
    const reading = readFrom(socket)
    await until(() => reading.batches.length > 0)
    const felix = connectFelix(socket)
    await felix.send(flowAt(seconds() - 20))
    await until(() => observed(reading).length === 1)
  })

  it('that another process serves is left to it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'felix-'))
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
    const socket = join(folder, 'flows.sock')
    const other: Server = createServer()
    cleanups.push(() => other.close())
    await new Promise<void>((resolve) => other.listen(socket, resolve))
    expect((await readFrom(socket).done)?.message).toMatch(/Another process serves the socket/)
    expect(existsSync(socket)).toBe(true)
  })

  it('is never a file that was there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'felix-'))
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'flows.sock')
    writeFileSync(file, 'mine')
    expect((await readFrom(file).done)?.message).toMatch(/is no socket/)
    expect(existsSync(file)).toBe(true)
    expect((await readFrom(join(file, 'below.sock')).done)?.message).toMatch(/Mount the node’s directory/)
  })
})
