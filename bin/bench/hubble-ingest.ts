import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client, credentials } from '@grpc/grpc-js'
import { createAggregate } from '@/collectors/aggregate'
import { hubbleConfig } from '@/collectors/hubble/config'
import { getFlowsRequest } from '@/collectors/hubble/requests'
import { hubble } from '@/collectors/hubble/source'
import { createResolver, noInventory } from '@/collectors/resolve'
import { log } from '@/server/log'
import { benchFlows } from './hubble-ingest.flows'
import type { Bench, Measure } from './bench'

const rounds = 5
const roundMs = 2_000
/** As many raw records are read as a running collector keeps by default, per second of CPU, as on a core of its own. */
const recordsPerSecond = 2_000

/** Flows received over loopback gRPC from another process, decoded, resolved and aggregated; raw reception as the baseline. */
export const bench: Bench = {
  name: 'hubble-ingest',
  title: 'Hubble flows, from the socket to buckets, on one core',
  run: async () => {
    const pools = benchFlows().captured.length > 0 ? ['captured', 'modern'] : ['modern']
    const measures: Measure[] = []
    for (const pool of pools) measures.push(...(await measurePool(pool)))
    return measures
  },
}

async function measurePool(pool: string): Promise<Measure[]> {
  const server = await startServer(pool)
  try {
    const rawRounds: Round[] = []
    const fullRounds: Round[] = []
    await receive(server.port, 500)
    await ingest(server.port, 1_000)
    for (let i = 0; i < rounds; i++) {
      rawRounds.push(await receive(server.port, roundMs))
      fullRounds.push(await ingest(server.port, roundMs))
    }
    const rawRate = median(rawRounds.map(perCore))
    const rate = median(fullRounds.map(perCore))
    const share = rate / rawRate
    const baseline = { what: 'raw grpc-js reception', value: Math.round(rawRate) }
    const title = `${pool} flows of ${Math.round(server.bytes)} bytes`
    return [
      {
        what: `${title}: per second of CPU`,
        value: Math.round(rate),
        unit: 'flows/s',
        baseline,
        bar: { text: '≥ 60,000', met: rate >= 60_000 },
      },
      {
        what: `${title}: share of raw reception`,
        value: Math.round(share * 100),
        unit: '%',
        bar: { text: '≥ 60 %', met: share >= 0.6 },
      },
      {
        what: `${title}: by the clock of this machine`,
        value: Math.round(median(fullRounds.map(perSecond))),
        unit: 'flows/s',
        baseline: { what: 'raw grpc-js reception', value: Math.round(median(rawRounds.map(perSecond))) },
      },
    ]
  } finally {
    server.stop()
  }
}

type Round = { readonly flows: number; readonly cpuMs: number; readonly ms: number }

const perCore = ({ flows, cpuMs }: Round) => (flows / cpuMs) * 1000
const perSecond = ({ flows, ms }: Round) => (flows / ms) * 1000

/** CPU includes the collector's garbage collection on other threads. */
function stopwatch() {
  const cpu = process.cpuUsage()
  const start = performance.now()
  return (flows: number): Round => {
    const { user, system } = process.cpuUsage(cpu)
    return { flows, cpuMs: (user + system) / 1000, ms: performance.now() - start }
  }
}

async function receive(port: number, ms: number): Promise<Round> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure())
  const same = (bytes: Buffer) => bytes
  const stream = client.makeServerStreamRequest('/observer.Observer/GetFlows', same, same, getFlowsRequest(null, false))
  let flows = 0
  stream.on('error', () => {})
  await new Promise((resolve) => stream.once('data', resolve))
  stream.on('data', () => flows++)
  const lap = stopwatch()
  await new Promise((resolve) => setTimeout(resolve, ms))
  const round = lap(flows)
  stream.cancel()
  client.close()
  return round
}

async function ingest(port: number, ms: number): Promise<Round> {
  const controller = new AbortController()
  const resolver = createResolver(noInventory)
  const aggregate = createAggregate('hubble', 50_000)
  const config = hubbleConfig.parse({ address: `127.0.0.1:${port}` })
  let lap: ReturnType<typeof stopwatch> | null = null
  let flows = 0
  let kept = 0
  let characters = 0
  const start = performance.now()
  for await (const batch of hubble.read(config, null, {
    cluster: 'bench',
    inventory: null,
    signal: controller.signal,
    log,
  })) {
    lap ??= stopwatch()
    const budget = (lap(0).cpuMs / 1000) * recordsPerSecond
    for (const observation of batch.observations) {
      const { from, to, hop } = resolver.resolveCall(observation)
      aggregate.add(observation, from, to, hop)
      if (kept >= budget) continue
      kept++
      characters += observation.record?.().detail.length ?? 0
    }
    flows += batch.observations.length
    if (performance.now() - start > ms) break
  }
  controller.abort()
  if (characters === 0 || aggregate.take().buckets.length === 0) throw new Error('The benchmark counted nothing.')
  return (lap ?? stopwatch())(flows)
}

async function startServer(pool: string) {
  const child: ChildProcess = fork(fileURLToPath(new URL('./hubble-ingest.server.ts', import.meta.url)), [pool], {
    execArgv: ['--import', 'tsx'],
  })
  const ready = await new Promise<{ port: number; bytes: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number; bytes: number }))
    child.once('exit', (code) => reject(new Error(`The server process ended with ${code}.`)))
  })
  child.removeAllListeners('exit')
  return { ...ready, stop: () => child.kill() }
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
