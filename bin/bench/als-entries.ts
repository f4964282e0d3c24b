import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { alsConfig } from '@/collectors/als/config'
import { type Decoded, createDecoder, newIdentity } from '@/collectors/als/decode'
import { als } from '@/collectors/als/source'
import { createAggregate } from '@/collectors/aggregate'
import { createResolver, noInventory } from '@/collectors/resolve'
import { log } from '@/server/log'
import { benchMessages } from './als-entries.entries'
import type { Bench } from './bench'

const rounds = 5
const roundMs = 2_000
/** As many raw records are read as a running collector keeps by default, per second of CPU. */
const recordsPerSecond = 2_000

/** Envoy access log entries: decoded alone, and from the socket to buckets. */
export const bench: Bench = {
  name: 'als-entries',
  title: 'Envoy access log entries, from the socket to buckets, on one core',
  run: async () => {
    const { streams } = benchMessages()
    const bytes = streams.flat().reduce((sum, message) => sum + message.length, 0) / benchMessages().entries
    decodeFor(500, streams)
    const decoded = Array.from({ length: rounds }, () => decodeFor(roundMs / 2, streams))
    await ingest(1_000)
    const whole: number[] = []
    for (let i = 0; i < rounds; i++) whole.push(await ingest(roundMs))
    const decodeRate = Math.round(median(decoded))
    const rate = Math.round(median(whole))
    const title = `entries of ${Math.round(bytes)} bytes`
    return [
      {
        what: `${title}: decoded per second of CPU`,
        value: decodeRate,
        unit: 'entries/s',
        bar: { text: '≥ 60,000', met: decodeRate >= 60_000 },
      },
      {
        what: `${title}: from the socket to buckets, per second of CPU`,
        value: rate,
        unit: 'entries/s',
        baseline: { what: 'decoding alone', value: decodeRate },
      },
    ]
  },
}

/** CPU includes garbage collection on other threads. */
function stopwatch(): (entries: number) => { readonly perSecond: number; readonly cpuMs: number } {
  const cpu = process.cpuUsage()
  return (entries) => {
    const { user, system } = process.cpuUsage(cpu)
    const cpuMs = (user + system) / 1000
    return { perSecond: (entries / cpuMs) * 1000, cpuMs }
  }
}

function decodeFor(ms: number, streams: readonly (readonly Buffer[])[]): number {
  const decoder = createDecoder('bench')
  const identities = streams.map(newIdentity)
  const lap = stopwatch()
  const start = performance.now()
  let entries = 0
  while (performance.now() - start < ms) {
    for (const [s, messages] of streams.entries()) {
      const identity = identities[s] ?? newIdentity()
      const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
      for (const message of messages) decoder.decode(message, identity, into)
      entries += into.observations.length
      if (into.malformed > 0) throw new Error('The benchmark’s entries cannot be read.')
    }
  }
  return lap(entries).perSecond
}

async function ingest(ms: number): Promise<number> {
  const controller = new AbortController()
  const resolver = createResolver(noInventory)
  const aggregate = createAggregate('als', 50_000)
  const config = alsConfig.parse({ listen: '127.0.0.1:0' })
  let sender: ChildProcess | null = null
  let lap: ReturnType<typeof stopwatch> | null = null
  let start = 0
  let entries = 0
  let kept = 0
  let characters = 0
  const context = { cluster: 'bench', inventory: null, signal: controller.signal, log }
  try {
    for await (const batch of als.read(config, null, context)) {
      if (batch.facts?.port && !sender) sender = startSender(Number(batch.facts.port))
      if (batch.observations.length === 0) continue
      if (!lap) {
        lap = stopwatch()
        start = performance.now()
        continue
      }
      const budget = (lap(0).cpuMs / 1000) * recordsPerSecond
      for (const observation of batch.observations) {
        const { from, to, port, hop } = resolver.resolveCall(observation)
        aggregate.add(port === observation.port ? observation : { ...observation, port }, from, to, hop)
        if (kept >= budget) continue
        kept++
        characters += observation.record?.().detail.length ?? 0
      }
      entries += batch.observations.length
      if (performance.now() - start > ms) break
    }
  } finally {
    controller.abort()
    sender?.kill()
  }
  if (!lap || characters === 0 || aggregate.take().buckets.length === 0)
    throw new Error('The benchmark counted nothing.')
  return lap(entries).perSecond
}

const startSender = (port: number): ChildProcess =>
  fork(fileURLToPath(new URL('./als-entries.sender.ts', import.meta.url)), [String(port)], {
    execArgv: ['--import', 'tsx'],
  })

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
