import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials } from '@grpc/grpc-js'
import { KubeConfig, CoreV1Api } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Bound, listen } from './listen'
import { type Demo, runDemo } from './main'
import { flowsRequest, readResponse, timeOf } from './test-reader'

let directory: string
let demo: Demo
let receiver: Bound
let spansTaken = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-'))
  receiver = await listen(
    createServer((request, response) => {
      request.resume()
      request.once('end', () => {
        spansTaken++
        response.end()
      })
    }),
    0,
  )
  demo = await runDemo({
    stateDir: directory,
    rate: 60,
    otlpTo: `http://127.0.0.1:${receiver.port}`,
    alsTo: '127.0.0.1:1',
  })
})
afterAll(async () => {
  await demo.stop()
  await receiver.close()
  await rm(directory, { recursive: true })
})

const control = async (method: 'GET' | 'POST', path: string) => {
  const response = await fetch(`${demo.control}${path}`, { method })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const raw = (data: Buffer) => data
const follow = (since: number) => {
  const client = new Client(demo.hubble, credentials.createInsecure())
  const call = client.makeServerStreamRequest(
    '/observer.Observer/GetFlows',
    raw,
    raw,
    flowsRequest({ follow: true, since }),
  )
  const received: Buffer[] = []
  const failed: Error[] = []
  call.on('data', (data: Buffer) => void received.push(data))
  call.on('error', (error: Error) => void failed.push(error))
  const stop = () => {
    call.cancel()
    client.close()
  }
  return { received, failed, stop }
}
const tenSeconds = (time: number) => Math.ceil(time / 10_000) * 10_000

test('what a follower receives is what the truth says, past and live', async () => {
  const from = tenSeconds(Date.now() - 120_000)
  const to = from + 110_000
  const { received, stop } = follow(from)
  // Wait until an event after the span has come: all before it have then come too.
  await vi.waitFor(
    () => {
      const flow = received.length ? readResponse(received[received.length - 1] ?? Buffer.alloc(0)).flow : undefined
      expect(flow ? timeOf(flow) : 0).toBeGreaterThan(to + 12_000)
    },
    { timeout: 25_000, interval: 100 },
  )
  stop()
  const truth = demo.truth.read(from, to + 10_000)
  const flows = received
    .flatMap((data) => readResponse(data).flow ?? [])
    .filter((flow) => timeOf(flow) >= from && timeOf(flow) < to + 10_000)
  const edges = Object.values(truth.edges)
  const sum = (of: (edge: (typeof edges)[number]) => number) => edges.reduce((total, edge) => total + of(edge), 0)
  expect(flows.length).toBe(sum((edge) => edge.events))
  expect(flows.filter((flow) => flow.l7?.type === 1).length).toBe(sum((edge) => edge.requests))
  expect(flows.filter((flow) => flow.l7?.type === 2).length).toBe(sum((edge) => edge.responses))
  expect(flows.filter((flow) => flow.event_type.type === 1).length).toBe(sum((edge) => edge.denied))
}, 40_000)

test('the kubeconfig opens the API, and only its owner can read it', async () => {
  const config = new KubeConfig()
  config.loadFromFile(demo.kubeconfig)
  expect(config.getCurrentContext()).toBe('prod-eu-1')
  expect((await config.makeApiClient(CoreV1Api).listNode()).items).toHaveLength(6)
  expect((await stat(demo.kubeconfig)).mode & 0o077).toBe(0)
})

test('the first incident is under way, and another can be begun', async () => {
  expect(JSON.stringify((await control('GET', '/incidents')).body)).toContain('slow-dependency')
  expect(await control('POST', '/incidents/error-burst?minutes=1')).toMatchObject({ status: 200 })
  expect(JSON.stringify((await control('GET', '/incidents')).body)).toContain('error-burst')
  expect(await control('POST', '/incidents/nothing')).toMatchObject({ status: 404 })
  expect(await control('POST', '/incidents/error-burst?minutes=soon')).toMatchObject({ status: 400 })
})

test('pods can be replaced', async () => {
  const { body } = await control('POST', '/pods/replace?workload=storefront/web')
  expect(body.before).toHaveLength(3)
  expect(body.after).toHaveLength(3)
  expect(body.after).not.toEqual(body.before)
})

test('traffic can be paused', async () => {
  await control('POST', '/traffic/pause')
  const { received, stop } = follow(Date.now() + 500)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(received.flatMap((data) => readResponse(data).flow ?? [])).toEqual([])
  await control('POST', '/traffic/resume')
  await vi.waitFor(() => expect(received.length).toBeGreaterThan(2), { timeout: 10_000 })
  stop()
})

test('the relay can be gone for a while', async () => {
  const { failed, stop } = follow(Date.now())
  await control('POST', '/relay/down?seconds=0.3')
  await vi.waitFor(() => expect(failed).toHaveLength(1), { timeout: 10_000 })
  stop()
  // A call made while it is down fails at once, so it is made again.
  await vi.waitFor(
    async () => {
      const again = follow(Date.now() - 60_000)
      await new Promise((resolve) => setTimeout(resolve, 300))
      again.stop()
      expect(again.received.length).toBeGreaterThan(100)
    },
    { timeout: 10_000, interval: 100 },
  )
})

test('each witness tells of the last minutes or of now, and can be stopped and started', async () => {
  const { prometheus, goldmane } = demo
  const url = `${prometheus}/api/v1/query?query=${encodeURIComponent('istio_requests_total[4m]')}`
  const series = async () =>
    ((await (await fetch(url)).json()) as { data: { result: { values: unknown[] }[] } }).data.result
  const longest = Math.max(...(await series()).map(({ values }) => values.length))
  expect(longest).toBeGreaterThan(40)
  await vi.waitFor(() => expect(spansTaken).toBeGreaterThan(1), { timeout: 10_000 })

  await control('POST', '/witness/prometheus/stop')
  await expect(series()).rejects.toThrow('fetch failed')
  await control('POST', '/witness/prometheus/start')
  expect((await series()).length).toBeGreaterThan(0)

  const client = new Client(goldmane ?? '', credentials.createInsecure())
  const list = () =>
    new Promise<Buffer | undefined>((resolve, reject) => {
      const deadline = Date.now() + 5_000
      client.makeUnaryRequest('/goldmane.Flows/List', raw, raw, Buffer.alloc(0), { deadline }, (error, answer) =>
        error ? reject(error) : resolve(answer),
      )
    })
  expect((await list())?.length).toBeGreaterThan(10_000)
  await control('POST', '/witness/goldmane/stop')
  await expect(list()).rejects.toThrow('UNAVAILABLE')
  await control('POST', '/witness/goldmane/start')
  client.close()

  await control('POST', '/witness/otlp/stop')
  const taken = spansTaken
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(spansTaken - taken).toBeLessThan(2)
  await control('POST', '/witness/otlp/start')
  await vi.waitFor(() => expect(spansTaken - taken).toBeGreaterThan(2), { timeout: 10_000 })
  expect((await control('GET', '/witnesses')).body).toMatchObject({ otlp: { dropped: 0 }, als: { sent: 0 } })
  expect(await control('POST', '/witness/nobody/stop')).toMatchObject({ status: 404 })
  expect(await control('POST', '/witness/otlp/pause')).toMatchObject({ status: 404 })
})

test('a port that is taken is an error, and leaves nothing running', async () => {
  const free = await listen(createServer(), 0)
  await free.close()
  const port = Number(demo.goldmane?.split(':').at(-1))
  const started = runDemo({ stateDir: directory, rate: 1, goldmanePort: port, kubernetesPort: free.port })
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const again = await listen(createServer(), free.port)
  await again.close()
})
