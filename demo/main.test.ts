import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials } from '@grpc/grpc-js'
import { KubeConfig, CoreV1Api } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Demo, runDemo } from './main'
import { flowsRequest, readResponse, timeOf } from './test-reader'

let directory: string
let demo: Demo

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-'))
  demo = await runDemo({ stateDir: directory, rate: 60 })
})
afterAll(async () => {
  await demo.stop()
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
