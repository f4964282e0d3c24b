import { setTimeout as sleep } from 'node:timers/promises'
import type { Gap } from '@/core/observation'
import type { Batch, DiscoveryInventory, ReadContext, Source } from '@/collectors/source'
import { readServerCertificates, sameCertificates } from '@/collectors/kit/tls'
import { toError } from '@/server/errors'
import { type AlsConfig, alsConfig } from './config'
import { type InboxLimits, inboxLimits } from './inbox'
import type { IsRunning } from './proxies'
import { type Port, type PortTimes, openPort } from './server'
import { type Session, createSession } from './session'

export type Timings = PortTimes & {
  /** How often the certificates, the proxies that are away and the facts are looked at. */
  readonly pollMs: number
  readonly graceMs: number
  readonly forgetMs: number
  /** Streams held back for longer than this have made proxies drop entries. */
  readonly stallMs: number
}

const timings: Timings = {
  keepaliveMs: 30_000,
  keepaliveTimeoutMs: 10_000,
  pollMs: 10_000,
  graceMs: 30_000,
  forgetMs: 10 * 60_000,
  // Envoy flushes every second and buffers 16 KB by default.
  stallMs: 1_000,
}

/**
 * Access logs that Envoy proxies send by gRPC. What a proxy itself dropped for want of buffer it tells
 * only in its metrics (`envoy_access_logs_grpc_access_log_logs_dropped`), not here.
 */
export const als: Source<AlsConfig> = createAls(timings, inboxLimits)

/** With its times and bounds given, for tests. */
export function createAls(timings: Timings, limits: InboxLimits): Source<AlsConfig> {
  return {
    id: 'als',
    title: 'Envoy access logs',
    config: alsConfig,
    target: ({ cluster, listen, tls }) => `${cluster ? `${cluster} on ` : ''}${listen}${tls ? ' (TLS)' : ''}`,
    // Proxies are told to send; there is nothing to find.
    discover: () => [],
    read: (config, _from, context) => read(config, context, timings, limits),
  }
}

async function* read(
  config: AlsConfig,
  context: ReadContext,
  timings: Timings,
  limits: InboxLimits,
): AsyncGenerator<Batch> {
  const session = createSession(config.cluster ?? context.cluster, timings, limits)
  const files = await readServerCertificates(config.tls)
  const port = await openPort(config.listen, files, timings, session.receiver)
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  signal.addEventListener('abort', () => session.inbox.close(), { once: true })
  if (signal.aborted) session.inbox.close()
  void poll(config, port, session, context, timings, signal)
  try {
    yield {
      observations: [],
      gaps: [],
      checkpoint: null,
      malformed: 0,
      facts: { port: String(port.port), ...session.facts() },
    }
    while (!signal.aborted) {
      const batch = session.batch(await session.inbox.take())
      if (batch) yield batch
    }
    yield lastBatch(session.close())
  } finally {
    stop.abort()
    await port.close()
  }
}

const lastBatch = (gaps: readonly Gap[]): Batch => ({ observations: [], gaps, checkpoint: null, malformed: 0 })

async function poll(
  config: AlsConfig,
  port: Port,
  session: Session,
  { inventory, log }: ReadContext,
  timings: Timings,
  signal: AbortSignal,
): Promise<void> {
  let files = await readServerCertificates(config.tls).catch(() => null)
  while (!signal.aborted) {
    await sleep(timings.pollMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    session.check(() => runningPods(inventory))
    // Half-written files are waited for: the certificates in use stay good meanwhile.
    const now = await readServerCertificates(config.tls).catch(() => files)
    if (!now || sameCertificates(files, now)) continue
    try {
      port.renew(now)
      files = now
    } catch (thrown) {
      log.warn({ error: toError(thrown).message }, 'The TLS files of the access log port changed and cannot be used')
    }
  }
}

/** Looks proxies up among the pods that run now. */
function runningPods(inventory: DiscoveryInventory | null): IsRunning {
  if (!inventory) return () => null
  const running = new Set<string>()
  for (const { namespace, name } of inventory.pods()) running.add(`${namespace}/${name}`)
  return ({ namespace, pod }) => (namespace && pod ? running.has(`${namespace}/${pod}`) : null)
}
