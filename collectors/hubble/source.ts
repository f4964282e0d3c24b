import { setTimeout as sleep } from 'node:timers/promises'
import type { Observation } from '@/core/observation'
import { AppError, toError } from '@/server/errors'
import type { Batch, Checkpoint, DiscoveryInventory, ReadContext, Source } from '@/collectors/source'
import { type ClientTimings, type HubbleClient, createClient, explain, refusesMask } from './client'
import { type HubbleConfig, hubbleConfig } from './config'
import { readCertificates, sameCertificates } from '@/collectors/kit/tls'
import { type Decoder, createDecoder } from './decode'
import { type Facts, factsOf } from './facts'
import { type InboxLimits, createInbox, inboxLimits } from './inbox'
import { type Losses, createLosses } from './losses'
import { type Overrun, createOverrun } from './overrun'

export type Timings = ClientTimings & {
  /** How far before the checkpoint a resume reads; replays are absorbed by key. */
  readonly overlapMs: number
  /** How far back the first read of all goes, so that the map is not empty. */
  readonly firstSpanMs: number
  /** Relay's merge is best effort: what is older than this than the newest is taken to have come. */
  readonly slackMs: number
  /** How often ServerStatus and the certificates are read. */
  readonly pollMs: number
}

const timings: Timings = {
  overlapMs: 10_000,
  firstSpanMs: 5 * 60_000,
  slackMs: 2_000,
  pollMs: 10_000,
  keepaliveMs: 30_000,
  keepaliveTimeoutMs: 10_000,
  callMs: 8_000,
}

/** Hubble Relay (or one node's Hubble), followed over gRPC. */
export const hubble: Source<HubbleConfig> = createHubble(timings, inboxLimits)

/** With its times and bounds given, for tests. */
export function createHubble(timings: Timings, limits: InboxLimits): Source<HubbleConfig> {
  return {
    id: 'hubble',
    title: 'Cilium Hubble',
    config: hubbleConfig,
    target: (config) =>
      `${config.cluster ? `${config.cluster} at ` : ''}${config.address}${config.tls ? ' (TLS)' : ''}`,
    discover,
    read: (config, from, context) => read(config, from, context, timings, limits),
  }
}

/** Relay's Service says by its port whether it speaks TLS: 443 with, 80 without. */
function discover(inventory: DiscoveryInventory): HubbleConfig[] {
  for (const { namespace, name, ports } of inventory.services()) {
    if (name !== 'hubble-relay' || namespace !== 'kube-system') continue
    const host = `${name}.${namespace}.svc`
    if (ports.some(({ port }) => port === 80))
      return [hubbleConfig.parse({ address: `${host}:80`, cluster: inventory.cluster })]
    if (ports.some(({ port }) => port === 443)) {
      return [hubbleConfig.parse({ address: `${host}:443`, cluster: inventory.cluster, tls: {} })]
    }
  }
  return []
}

/** What outlives one connection of a read. */
type Session = {
  readonly decoder: Decoder
  readonly losses: Losses
  readonly timings: Timings
  readonly limits: InboxLimits
  readonly cluster: string
  /** Time of the newest event handed over; null before the first. */
  newest: number | null
  since: number
  checkpoint: number | null
  masked: boolean
  /** Since when nothing came, or when that was last said; null while something comes. */
  quietAt: number | null
}

async function* read(
  config: HubbleConfig,
  from: Checkpoint | null,
  context: ReadContext,
  timings: Timings,
  limits: InboxLimits,
): AsyncGenerator<Batch> {
  const cluster = config.cluster ?? context.cluster
  const session: Session = {
    decoder: createDecoder(cluster),
    losses: createLosses(cluster),
    timings,
    limits,
    cluster,
    newest: null,
    since: from ? from.time - timings.overlapMs : Date.now() - timings.firstSpanMs,
    checkpoint: from?.time ?? null,
    masked: config.fieldMask,
    quietAt: null,
  }
  try {
    // A connection ends without an error when the certificates changed or the mask was turned down; the next one follows at once.
    while (!context.signal.aborted) yield* connection(config, context, session)
  } catch (thrown) {
    yield* lastBatch(session)
    throw thrown instanceof AppError ? thrown : explain(toError(thrown), config)
  }
  yield* lastBatch(session)
}

/** A stream that is there and silent had nothing to tell up to its last answered ping; since then it may be gone. */
function* silence(session: Session): Generator<Batch> {
  const { timings, newest } = session
  const now = Date.now()
  const toldUntil = now - timings.keepaliveMs - timings.keepaliveTimeoutMs
  session.quietAt ??= now
  if (newest === null || toldUntil <= newest || now - session.quietAt < timings.pollMs) return
  session.quietAt = now
  yield { observations: [], gaps: [], checkpoint: null, malformed: 0, toldUntil }
}

/** What is still to be told at the end. Nothing is not told: a batch says that the peer is there. */
function* lastBatch({ losses }: Session): Generator<Batch> {
  const gaps = losses.close(Date.now())
  if (gaps.length > 0) yield { observations: [], gaps, checkpoint: null, malformed: 0 }
}

async function* connection(config: HubbleConfig, context: ReadContext, session: Session): AsyncGenerator<Batch> {
  const { timings } = session
  const files = await readCertificates(config.tls)
  const client = createClient(config, files, timings)
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  try {
    const nodes = session.checkpoint === null ? null : await client.nodes().catch(() => null)
    const overrun = createOverrun(session.cluster, nodes, session.checkpoint, Date.now())
    const stream = client.follow(session.since, session.masked)
    const inbox = createInbox(stream, session.limits)
    signal.addEventListener('abort', () => stream.cancel(), { once: true })
    const poll = startPoll(client, config, timings, signal, async () => {
      // Half-written files are waited for: what cannot be read now is no reason to leave.
      const now = await readCertificates(config.tls).catch(() => files)
      if (!sameCertificates(files, now)) stop.abort()
    })
    for (;;) {
      const messages = await inbox.take()
      const batch = toBatch(messages, session, overrun, poll.facts())
      if (batch) yield batch
      if (messages.length > 0) session.quietAt = null
      else if (!inbox.ended) yield* silence(session)
      if (messages.length > 0 || !inbox.ended) continue
      if (signal.aborted) break
      const error = inbox.ended.error ?? new Error('the server closed it')
      if (!session.masked || session.newest !== null || !refusesMask(error)) throw error
      context.log.info({ address: config.address }, 'The server turns down the field mask; reading whole flows')
      session.masked = false
      break
    }
  } finally {
    stop.abort()
    client.close()
  }
  if (session.newest !== null) session.since = session.newest - timings.slackMs - timings.overlapMs
  session.checkpoint = session.newest === null ? session.checkpoint : session.newest - timings.slackMs
}

/** Decodes a batch of messages; null when there is nothing to say. */
function toBatch(
  messages: readonly Buffer[],
  session: Session,
  overrun: Overrun,
  facts: Facts | undefined,
): Batch | null {
  const { decoder, losses, timings } = session
  const observations: Observation[] = []
  let malformed = 0
  let newest = session.newest ?? Number.NEGATIVE_INFINITY
  const now = Date.now()
  for (const message of messages) {
    const received = decoder.decode(message)
    switch (received.type) {
      case 'flow':
      case 'request':
        observations.push(received)
        if (received.time > newest) newest = received.time
        if (overrun.watching) {
          const gap = overrun.flow(decoder.node(), received.time)
          if (gap) losses.add(gap)
        }
        break
      case 'node_status':
        losses.nodeStatus(received, now)
        break
      case 'lost_events':
        losses.lostEvents(received, session.newest, now)
        break
      case 'malformed':
        malformed++
        break
      case 'ignored':
        break
    }
  }
  // A node whose clock runs ahead must not push the checkpoint past what others have yet to tell.
  if (Number.isFinite(newest)) session.newest = Math.min(newest, now)
  const gaps = losses.take(now)
  if (observations.length === 0 && gaps.length === 0 && malformed === 0 && !facts) return null
  const checkpoint =
    observations.length > 0 && session.newest !== null ? { time: session.newest - timings.slackMs } : null
  return { observations, gaps, checkpoint, malformed, facts }
}

/** Asks for the server's status, and whether the certificates changed, until the signal comes. */
function startPoll(
  client: HubbleClient,
  config: HubbleConfig,
  timings: Timings,
  signal: AbortSignal,
  checkCertificates: () => Promise<void>,
) {
  let fresh: Facts | undefined
  let said = ''
  const once = async () => {
    const facts = factsOf(await client.status())
    const text = JSON.stringify(facts)
    if (text !== said) fresh = facts
    said = text
  }
  const loop = async () => {
    while (!signal.aborted) {
      // A server that is slow to tell its status may well send flows; the stream's own end decides.
      await once().catch(() => {})
      await sleep(timings.pollMs, undefined, { signal }).catch(() => {})
      if (config.tls && !signal.aborted) await checkCertificates()
    }
  }
  void loop()
  return {
    /** What is new since the last call. */
    facts(): Facts | undefined {
      const facts = fresh
      fresh = undefined
      return facts
    },
  }
}
