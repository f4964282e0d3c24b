import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientReadableStream } from '@grpc/grpc-js'
import type { Gap, Observation } from '@/core/observation'
import { readCertificates, sameCertificates } from '@/collectors/kit/tls'
import type { Batch, Checkpoint, DiscoveryInventory, ReadContext, Source } from '@/collectors/source'
import { AppError, toError } from '@/server/errors'
import { type ClientTimings, createClient, explain } from './client'
import { type GoldmaneConfig, goldmaneConfig } from './config'
import { type Decoder, createDecoder } from './decode'
import { type FactsOf, createFacts } from './facts'
import { type Inbox, type InboxLimits, createInbox, inboxLimits } from './inbox'
import { goldmaneWindow } from './observe'
import { type Resumption, createResumption } from './resumption'

export type Timings = ClientTimings & {
  /** How far before the checkpoint a resume reads; replays are absorbed by key. One bucket. */
  readonly overlapMs: number
  /** How far back the first read of all goes, so that the map is not empty. */
  readonly firstSpanMs: number
  /** What Goldmane holds, less a little: asked for more it gives no history at all. */
  readonly ringMs: number
  /** Goldmane drops flows for a reader that takes none for 60 s; before that they are asked for again. */
  readonly stallMs: number
  /** How often the certificates are read. */
  readonly pollMs: number
}

const timings: Timings = {
  overlapMs: 15_000,
  firstSpanMs: 5 * 60_000,
  ringMs: 3_500_000,
  stallMs: 30_000,
  pollMs: 10_000,
  keepaliveMs: 30_000,
  keepaliveTimeoutMs: 10_000,
}

/** Calico's Goldmane, followed over gRPC. */
export const goldmane: Source<GoldmaneConfig> = createGoldmane(timings, inboxLimits)

/** With its times and bounds given, for tests. */
export function createGoldmane(timings: Timings, limits: InboxLimits): Source<GoldmaneConfig> {
  return {
    id: 'goldmane',
    title: 'Calico Goldmane',
    config: goldmaneConfig,
    target: (config) =>
      `${config.cluster ? `${config.cluster} at ` : ''}${config.address}${config.tls ? ' (TLS)' : ''}`,
    discover,
    read: (config, from, context) => read(config, from, context, timings, limits),
  }
}

/** The operator's Service. It speaks mTLS only: what is found says so until its certificates are configured. */
function discover(inventory: DiscoveryInventory): GoldmaneConfig[] {
  for (const { namespace, name, ports } of inventory.services()) {
    if (name !== 'goldmane' || namespace !== 'calico-system') continue
    const port = ports.find((one) => one.port === 7443) ?? ports[0]
    if (port) return [goldmaneConfig.parse({ address: `goldmane.calico-system.svc:${port.port}`, tls: {} })]
  }
  return []
}

/** What outlives one connection of a read. */
type Session = {
  readonly decoder: Decoder
  readonly facts: FactsOf
  readonly timings: Timings
  readonly limits: InboxLimits
  readonly cluster: string
  /** Start of the newest bucket that came, which is the end of the newest that is complete; null before the first. */
  checkpoint: number | null
  connections: number
}

async function* read(
  config: GoldmaneConfig,
  from: Checkpoint | null,
  context: ReadContext,
  timings: Timings,
  limits: InboxLimits,
): AsyncGenerator<Batch> {
  const cluster = config.cluster ?? context.cluster
  const decoder = createDecoder({ cluster, windowSeconds: goldmaneWindow })
  const facts = createFacts(decoder)
  const session: Session = { decoder, facts, timings, limits, cluster, checkpoint: from?.time ?? null, connections: 0 }
  try {
    // A connection ends without an error when the certificates changed or we were too slow; the next one follows at once.
    while (!context.signal.aborted) yield* connection(config, context, session)
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : explain(toError(thrown), config)
  }
}

async function* connection(config: GoldmaneConfig, context: ReadContext, session: Session): AsyncGenerator<Batch> {
  const { timings, cluster, checkpoint } = session
  const files = await readCertificates(config.tls)
  const client = createClient(config, files, timings)
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  try {
    const { startGte, lost } = startOf(session, Date.now())
    if (lost) yield { observations: [], gaps: [lost], checkpoint: null, malformed: 0 }
    const stream = client.follow(startGte)
    const inbox = follow(stream, session.limits)
    signal.addEventListener('abort', () => stream.cancel(), { once: true })
    if (config.tls)
      void watch(timings.pollMs, signal, async () => {
        // Half-written files are waited for: what cannot be read now is no reason to leave.
        const now = await readCertificates(config.tls).catch(() => files)
        if (!sameCertificates(files, now)) stop.abort()
      })
    const resumption = createResumption(cluster, checkpoint, timings.overlapMs)
    for (;;) {
      const stalled = inbox.fullSince !== null && Date.now() - inbox.fullSince > timings.stallMs
      const messages = await inbox.take()
      const batch = toBatch(messages, session, resumption)
      if (batch) yield batch
      if (stalled) {
        context.log.warn({ address: config.address }, 'Flows were taken too slowly; asking Goldmane for them again')
        break
      }
      if (messages.length > 0 || !inbox.ended) continue
      if (signal.aborted) break
      throw inbox.ended.error ?? new Error('the server closed it')
    }
  } finally {
    stop.abort()
    client.close()
  }
}

/** Where to read from in seconds, and what the ring no longer holds when a read of ours was cut short. */
function startOf(session: Session, now: number): { readonly startGte: number; readonly lost: Gap | null } {
  const { timings, checkpoint, cluster } = session
  const again = session.connections++ > 0
  if (checkpoint === null) return { startGte: -Math.round(timings.firstSpanMs / 1000), lost: null }
  if (now - checkpoint + timings.overlapMs < timings.ringMs)
    return { startGte: Math.floor((checkpoint - timings.overlapMs) / 1000), lost: null }
  const gap: Gap = { cluster, from: checkpoint, to: now - timings.ringMs, cause: 'overload', lost: null, part: '' }
  return { startGte: -Math.round(timings.ringMs / 1000), lost: again ? gap : null }
}

/** Reads a stream only as fast as batches are taken: when the inbox is full, HTTP/2 flow control stops the peer. */
function follow(stream: ClientReadableStream<Buffer>, limits: InboxLimits): Inbox {
  const inbox = createInbox(limits, () => stream.resume())
  stream.on('data', (message: Buffer) => {
    if (!inbox.put(message)) stream.pause()
  })
  stream.on('error', inbox.end)
  stream.on('end', () => inbox.end(null))
  stream.on('close', () => inbox.end(null))
  return inbox
}

async function watch(pollMs: number, signal: AbortSignal, check: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await sleep(pollMs, undefined, { signal }).catch(() => {})
    if (!signal.aborted) await check()
  }
}

/** A clock ahead of ours by more than a bucket must not push the checkpoint past what is yet to come. */
const skewMs = 30_000

/** Decodes a batch of messages; null when there is nothing to say. */
function toBatch(messages: readonly Buffer[], session: Session, resumption: Resumption): Batch | null {
  const observations: Observation[] = []
  let malformed = 0
  const before = session.checkpoint
  const now = Date.now()
  for (const message of messages) {
    const received = session.decoder.result(message)
    if (received.type === 'malformed') malformed++
    if (received.type !== 'flow') continue
    const { time, spanMs = 0 } = received
    if (resumption.judge(time, time + spanMs) === 'taken') continue
    observations.push(received)
    session.facts.bucket(time)
    if (time > (session.checkpoint ?? Number.NEGATIVE_INFINITY) && time <= now + skewMs) session.checkpoint = time
  }
  const gap = resumption.gap()
  const gaps = gap ? [gap] : []
  const facts = session.facts.take()
  if (observations.length === 0 && gaps.length === 0 && malformed === 0 && !facts) return null
  const moved = session.checkpoint !== null && session.checkpoint !== before
  return { observations, gaps, checkpoint: moved ? { time: session.checkpoint ?? 0 } : null, malformed, facts }
}
