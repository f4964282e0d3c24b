import { setTimeout as sleep } from 'node:timers/promises'
import type { Gap } from '@/core/observation'
import { type Certificates, readServerCertificates, sameCertificates } from '@/collectors/kit/tls'
import type { Batch, ReadContext, Source } from '@/collectors/source'
import { type OtlpConfig, otlpConfig } from './config'
import { type FactBook, createFacts } from './facts'
import { openGrpcPort } from './grpc-port'
import { openHttpPort } from './http-port'
import { type Inbox, type InboxLimits, createInbox, inboxLimits } from './inbox'
import { type Intake, type IntakeLimits, createIntake, intakeLimits } from './intake'
import type { Port } from './listen'
import { type PairLimits, type Pairs, createPairs, pairLimits } from './pair'
import { type Gate, createGate, readToken } from './token'

export type OtlpLimits = {
  readonly inbox: InboxLimits
  readonly intake: IntakeLimits
  readonly pair: PairLimits
  /** How often the certificates and the token are read. */
  readonly pollMs: number
}

const limits: OtlpLimits = { inbox: inboxLimits, intake: intakeLimits, pair: pairLimits, pollMs: 10_000 }

/** Spans that OpenTelemetry SDKs and Collectors send to ports of ours. */
export const otlp: Source<OtlpConfig> = createOtlp(limits)

/** With its bounds given, for tests; `onListen` tells the ports that were opened. */
export function createOtlp(
  limits: OtlpLimits,
  onListen: (ports: readonly Port[]) => void = () => {},
): Source<OtlpConfig> {
  return {
    id: 'otlp',
    title: 'OpenTelemetry traces',
    config: otlpConfig,
    target,
    discover: () => [],
    read: (config, _, context) => read(config, context, limits, onListen),
  }
}

function target({ grpc, http, cluster, tls }: OtlpConfig): string {
  const ports = [grpc !== 'off' && `gRPC ${grpc}`, http !== 'off' && `HTTP ${http}`].filter(Boolean).join(' and ')
  return `${cluster ? `${cluster} at ` : ''}${ports}${tls ? ' (TLS)' : ''}`
}

/** What outlives one opening of the ports. */
type Session = {
  readonly inbox: Inbox
  readonly intake: Intake
  readonly pairs: Pairs
  readonly facts: FactBook
  readonly cluster: string
  readonly limits: OtlpLimits
  readonly onListen: (ports: readonly Port[]) => void
  malformed: number
}

async function* read(
  config: OtlpConfig,
  context: ReadContext,
  limits: OtlpLimits,
  onListen: Session['onListen'],
): AsyncGenerator<Batch> {
  const cluster = config.cluster ?? context.cluster
  const inbox = createInbox(limits.inbox)
  const facts = createFacts()
  const session: Session = {
    inbox,
    facts,
    intake: createIntake(inbox, config.cluster, limits.intake.maxSpans, (spans, sender) => {
      facts.note(spans, sender)
      if (!spans) session.malformed++
    }),
    pairs: createPairs(cluster, limits.pair),
    cluster,
    limits,
    onListen,
    malformed: 0,
  }
  // The ports are closed and opened anew where the certificates changed.
  while (!context.signal.aborted) yield* listen(config, context, session)
  yield await lastBatch(session)
}

async function* listen(config: OtlpConfig, context: ReadContext, session: Session): AsyncGenerator<Batch> {
  const { inbox, limits } = session
  const files = await readServerCertificates(config.tls)
  let gate: Gate = createGate(await readToken(config.bearerTokenFile))
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const ports = await openPorts(config, files, session, () => gate)
  let closing: Promise<unknown> | null = null
  // Also without anybody asking for the next batch: a port must not outlive its source.
  const close = () => {
    inbox.wake()
    closing ??= Promise.all(ports.map((port) => port.close()))
  }
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()
  session.onListen(ports)
  void poll(config, files, limits.pollMs, signal, {
    onToken: (token) => (gate = createGate(token)),
    onCertificates: () => stop.abort(),
  })
  try {
    while (!signal.aborted) {
      const batch = await nextBatch(session)
      if (batch) yield batch
    }
  } finally {
    stop.abort()
    close()
    await closing
  }
}

async function openPorts(
  config: OtlpConfig,
  files: Certificates | null,
  session: Session,
  gate: () => Gate,
): Promise<Port[]> {
  const { intake, limits } = session
  const ports: Port[] = []
  try {
    if (config.grpc !== 'off') ports.push(await openGrpcPort(config.grpc, files, intake, gate, limits.intake))
    if (config.http !== 'off') ports.push(await openHttpPort(config.http, files, intake, gate, limits.intake))
  } catch (thrown) {
    await Promise.all(ports.map((port) => port.close()))
    throw thrown
  }
  return ports
}

/** What came within a moment; null when there is nothing to say. */
async function nextBatch(session: Session): Promise<Batch | null> {
  const taken = await session.inbox.take()
  const now = Date.now()
  for (const span of taken.spans) session.pairs.add(span, now)
  session.pairs.expire(now)
  return toBatch(session, taken.rejected, now)
}

function toBatch(session: Session, rejected: number, now: number): Batch | null {
  const { pairs, facts, cluster } = session
  const { observations, dropped } = pairs.take()
  const gaps: Gap[] = dropped
    ? [{ cluster, from: dropped.from, to: dropped.to, cause: 'overload', lost: dropped.n, part: '' }]
    : []
  const malformed = rejected + session.malformed
  session.malformed = 0
  const said = facts.take(now, pairs.counts, pairs.held)
  if (observations.length === 0 && gaps.length === 0 && malformed === 0 && !said) return null
  let newest = Number.NEGATIVE_INFINITY
  for (const { time } of observations) if (time > newest) newest = time
  // A sender whose clock runs ahead must not push it into the future.
  const checkpoint = observations.length > 0 ? { time: Math.min(newest, now) } : null
  return { observations, gaps, checkpoint, malformed, ...(said && { facts: said }) }
}

/** All that was acknowledged, also what still waits for its other half. */
async function lastBatch(session: Session): Promise<Batch> {
  const nothing: Batch = { observations: [], gaps: [], checkpoint: null, malformed: 0 }
  const taken = session.inbox.held > 0 ? await session.inbox.take() : { spans: [], rejected: 0 }
  for (const span of taken.spans) session.pairs.add(span, Date.now())
  session.pairs.release()
  return toBatch(session, taken.rejected, Date.now()) ?? nothing
}

type Changes = { readonly onToken: (token: string | null) => void; readonly onCertificates: () => void }

/** Reads the files again and again until the signal comes. Half-written ones are waited for. */
async function poll(
  config: OtlpConfig,
  files: Certificates | null,
  pollMs: number,
  signal: AbortSignal,
  changes: Changes,
): Promise<void> {
  if (!config.tls && config.bearerTokenFile === undefined) return
  for (;;) {
    await sleep(pollMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const now = await readServerCertificates(config.tls).catch(() => files)
    if (!sameCertificates(files, now)) changes.onCertificates()
    const token = await readToken(config.bearerTokenFile).catch(() => undefined)
    if (token !== undefined) changes.onToken(token)
  }
}
