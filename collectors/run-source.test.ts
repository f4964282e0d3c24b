import { describe, expect, it } from 'vitest'
import { log } from '@/server/log'
import { createPending, type PendingWrite } from './pending'
import { createResolver, noInventory } from './resolve'
import { runSource, type RunState } from './run-source'
import type { Batch, Checkpoint } from './source'
import { flowOf } from './test-observations'

const limits = { maxEdges: 100, maxRecordsPerSecond: 100, maxAgeMs: 3_600_000 }
const batch = (time: number, keys: readonly number[]): Batch => ({
  observations: keys.map((key) => flowOf({ key: BigInt(key), time })),
  gaps: [],
  checkpoint: { time },
  malformed: 0,
})

/** Runs a source of scripted connections until `stopWhen`, and returns what was written. */
async function run(
  connections: ((from: Checkpoint | null, signal: AbortSignal) => AsyncGenerator<Batch>)[],
  stopWhen: (writes: PendingWrite[], states: RunState[]) => boolean,
  known: bigint[] = [],
  checkpoint: Checkpoint | null = null,
) {
  const stop = new AbortController()
  const writes: PendingWrite[] = []
  const states: RunState[] = []
  const look = () => stopWhen(writes, states) && stop.abort()
  let connection = 0
  await runSource({
    read: async function* (from, { signal }) {
      const script = connections[Math.min(connection++, connections.length - 1)]
      if (script) yield* script(from, signal)
    },
    cluster: 'c',
    inventory: null,
    checkpoint,
    pending: createPending('hubble', createResolver(noInventory), limits, known),
    write: async (write) => {
      writes.push(write)
      look()
    },
    onState: (state) => {
      states.push(state)
      look()
    },
    signal: stop.signal,
    log,
  })
  return { writes, states, flows: writes.flatMap((w) => w.buckets).reduce((sum, row) => sum + (row.flows ?? 0), 0) }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

describe('runSource', () => {
  it('writes what is pending while the source is silent', async () => {
    const now = Date.now()
    const { flows, writes } = await run(
      [
        async function* (_, signal) {
          yield batch(now, [1, 2, 3])
          await untilAborted(signal)
        },
      ],
      (writes) => writes.length > 0,
    )
    expect(flows).toBe(3)
    expect(writes[0]?.checkpoint).toEqual({ time: now })
  })

  it('restarts a source that fails, from the last checkpoint, and counts a replay once', async () => {
    const now = Date.now()
    const asked: (Checkpoint | null)[] = []
    const { flows, states } = await run(
      [
        async function* (from) {
          asked.push(from)
          yield batch(now, [1, 2])
          throw new Error('connection reset')
        },
        async function* (from, signal) {
          asked.push(from)
          yield batch(now, [1, 2, 3])
          await untilAborted(signal)
        },
      ],
      (writes) => writes.flatMap((w) => w.seen).length === 3,
    )
    expect(asked).toEqual([null, { time: now }])
    expect(flows).toBe(3)
    expect(states.map((s) => s.state)).toEqual(['starting', 'running', 'retrying', 'running', 'stopped'])
  })

  it('counts nothing again that was counted before a restart of the process', async () => {
    const now = Date.now()
    const { flows } = await run(
      [
        async function* (_, signal) {
          yield batch(now, [1, 2, 3])
          await untilAborted(signal)
        },
      ],
      (writes) => writes.length > 0,
      [1n, 2n],
      { time: now },
    )
    expect(flows).toBe(1)
  })

  it('writes what a source hands over when it is told to stop, and does not wait for one that hangs', async () => {
    const now = Date.now()
    const { flows } = await run(
      [
        async function* (_, signal) {
          yield batch(now, [1])
          await untilAborted(signal)
          yield batch(now, [2, 3])
          await new Promise(() => {})
        },
      ],
      (writes) => writes.length > 0,
    )
    expect(flows).toBe(3)
  })

  it('shows the time that no collector ran as a gap', async () => {
    const now = Date.now()
    const { writes } = await run(
      [
        async function* (_, signal) {
          yield batch(now, [1])
          await untilAborted(signal)
        },
      ],
      (writes) => writes.length > 0,
      [],
      { time: now - 120_000 },
    )
    expect(writes[0]?.gaps).toMatchObject([{ cause: 'collector_down', from: now - 120_000, to: now }])
  })

  it('writes up to when a silent source told, and begins a gap no earlier', async () => {
    const now = Date.now()
    const { writes } = await run(
      [
        async function* () {
          yield batch(now - 120_000, [1])
          yield { observations: [], gaps: [], checkpoint: null, malformed: 0, toldUntil: now - 60_000 }
          throw new Error('connection reset')
        },
        async function* (_, signal) {
          yield batch(now, [2])
          await untilAborted(signal)
        },
      ],
      (writes) => writes.flatMap((w) => w.seen).length === 2,
    )
    expect(writes.flatMap((write) => write.toldUntil ?? [])).toEqual([now - 60_000])
    expect(writes.flatMap((write) => write.gaps).at(-1)).toMatchObject({ from: now - 60_000, to: now })
  })

  it('gives up when the source was taken over by another collector', async () => {
    await expect(
      runSource({
        read: async function* () {
          yield batch(Date.now(), [1])
          await new Promise(() => {})
        },
        cluster: 'c',
        inventory: null,
        checkpoint: null,
        pending: createPending('hubble', createResolver(noInventory), limits, []),
        write: () => Promise.reject(new Error('taken over')),
        onState: () => {},
        signal: new AbortController().signal,
        log,
      }),
    ).rejects.toThrow('taken over')
  })
})
