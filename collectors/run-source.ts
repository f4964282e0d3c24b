import { noReadings } from '@/core/encryption/ground'
import type { GapCause } from '@/core/observation'
import type { Logger } from '@/server/log'
import { createOutage } from './outage'
import type { Pending, PendingWrite } from './pending'
import type { Checkpoint, DiscoveryInventory, ReadContext } from './source'
import type { SourceInstance } from './sources'

export type RunOptions = {
  readonly read: SourceInstance['read']
  readonly cluster: string
  readonly inventory: DiscoveryInventory | null
  /** Peers come to this source: it hears of their end by their silence alone. */
  readonly listens?: boolean
  readonly checkpoint: Checkpoint | null
  readonly pending: Pending
  /** Writes all or nothing, and again until it is certain; throws when the source was taken over. */
  readonly write: (batch: PendingWrite) => Promise<void>
  readonly onState: (state: RunState) => void
  readonly signal: AbortSignal
  readonly log: Logger
}

export type RunState =
  | { readonly state: 'starting' | 'running' | 'stopped' }
  | { readonly state: 'retrying'; readonly error: Error; readonly retryInMs: number }

/** A flush at least this often while there is something to write, and at once past `flushSize` rows, records and keys. */
const flushMs = 2_000
const flushSize = 20_000
/** Nobody who sends to us has sent for so long: whether nothing happened cannot be told from nobody telling. */
const silentMs = 20_000
/** A connected source that is silent is written as such this often, so that its rate and freshness stay true. */
const heartbeatMs = 10_000
const backoff = { firstMs: 500, maxMs: 30_000, factor: 2 }

/**
 * Reads one source until the signal is aborted: fold, flush, restart with backoff. Nothing is read
 * while a flush is under way, so a slow database slows the source and not the memory. What is
 * pending when the signal comes is written before the return.
 */
export async function runSource(options: RunOptions): Promise<void> {
  const { cluster, pending, signal, log } = options
  const outage = createOutage(cluster)
  let checkpoint = options.checkpoint
  let lastEventAt = checkpoint?.time ?? null
  let cause: GapCause = 'collector_down'
  let attempt = 0

  let connected = false
  let writtenAt = 0
  let receivedAt: number | null = null

  const flush = async () => {
    const silent = options.listens && connected && receivedAt !== null && Date.now() - receivedAt > silentMs
    if (silent) outage.begin('source_down', lastEventAt, Date.now())
    const gap = outage.due(Date.now())
    if (gap) pending.addGap(gap)
    const beat = connected && Date.now() - writtenAt > heartbeatMs
    const batch = pending.take() ?? (beat ? nothingNew : null)
    if (!batch) return
    await options.write(batch)
    writtenAt = Date.now()
    checkpoint = batch.checkpoint ?? checkpoint
  }

  while (!signal.aborted) {
    if (lastEventAt !== null) outage.begin(cause, lastEventAt, Date.now())
    // While it is away it stays `retrying`: its time there tells how old the picture is.
    if (attempt === 0) options.onState({ state: 'starting' })
    const context: ReadContext = { cluster, inventory: options.inventory, signal, log }
    const error = await follow(options.read(checkpoint, context), flush, signal, (batch) => {
      attempt = 0
      connected = true
      options.onState({ state: 'running' })
      pending.add(batch, Date.now())
      const { observations, toldUntil } = batch
      if (observations.length === 0 && toldUntil === undefined) return pending.size
      receivedAt = Date.now()
      const oldest = observations.length > 0 ? min(observations.map(({ time }) => time)) : (toldUntil ?? 0)
      lastEventAt =
        observations.length > 0
          ? max(observations.map(({ time, spanMs = 0 }) => time + spanMs))
          : Math.max(oldest, lastEventAt ?? 0)
      const gap = outage.end(oldest)
      if (gap) pending.addGap(gap)
      return pending.size
    })
    cause = 'source_down'
    connected = false
    if (signal.aborted) break
    if (error instanceof WriteError) throw error.cause
    const retryInMs = delay(attempt++)
    options.onState({ state: 'retrying', error: error ?? new Error('The peer closed the stream.'), retryInMs })
    outage.begin(cause, lastEventAt, Date.now())
    await idle(retryInMs, signal, flush)
  }
  await flush()
  options.onState({ state: 'stopped' })
}

const nothingNew: PendingWrite = {
  buckets: [],
  operations: [],
  records: [],
  gaps: [],
  seen: [],
  readings: noReadings,
  checkpoint: null,
  received: 0,
  malformed: 0,
  lastEventAt: null,
  toldUntil: null,
  facts: null,
}

/** A failed write is not the source's fault: it ends the run instead of restarting the read. */
class WriteError extends Error {}

/** Pulls batches and flushes in time, also while the source is silent. Returns what ended the stream, null for a plain end. */
async function follow<B>(
  batches: AsyncIterable<B>,
  flush: () => Promise<void>,
  signal: AbortSignal,
  onBatch: (batch: B) => number,
): Promise<Error | null> {
  const iterator = batches[Symbol.asyncIterator]()
  const flushOrFail = () => flush().catch((cause: unknown) => Promise.reject(new WriteError('', { cause })))
  let flushAt = Date.now() + flushMs
  try {
    let next = iterator.next()
    while (!signal.aborted) {
      const result = await Promise.race([next, after(flushAt - Date.now())])
      let size = 0
      if (result) {
        if (result.done) return null
        size = onBatch(result.value)
      }
      if (Date.now() >= flushAt || size >= flushSize) {
        await flushOrFail()
        flushAt = Date.now() + flushMs
      }
      if (result) next = iterator.next()
    }
    await drain(iterator, next, onBatch)
    return null
  } catch (thrown) {
    // The stream is not waited for: a peer that hangs must not hold up the restart.
    void iterator.return?.().catch(() => {})
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

/** What a source still hands over once it was told to stop: what it had acknowledged, gaps that are open. Not waited for beyond `drainMs`. */
async function drain<B>(
  iterator: AsyncIterator<B>,
  first: Promise<IteratorResult<B>>,
  onBatch: (batch: B) => number,
): Promise<void> {
  const until = Date.now() + drainMs
  for (let next = first; ; next = iterator.next()) {
    const result = await Promise.race([next, after(until - Date.now())])
    if (!result || result.done || Date.now() >= until) return
    onBatch(result.value)
  }
}
const drainMs = 3_000

const after = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, Math.max(0, ms), null))

/** Waits, flushing meanwhile, until `ms` are over or the signal comes. */
async function idle(ms: number, signal: AbortSignal, flush: () => Promise<void>): Promise<void> {
  const until = Date.now() + ms
  while (!signal.aborted && Date.now() < until) {
    await flush()
    await after(Math.min(500, until - Date.now()))
  }
}

/** Grows up to maxMs; a half of it is drawn by lot, so that many collectors do not come back at once. */
const delay = (attempt: number) => {
  const full = Math.min(backoff.maxMs, backoff.firstMs * backoff.factor ** attempt)
  return full / 2 + (full / 2) * Math.random()
}

const max = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
const min = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
