import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { createPool } from '@/server/db/pool'
import { env } from '@/server/env'
import { AppError, toError } from '@/server/errors'
import { runJobs } from '@/server/jobs/run-jobs'
import { log } from '@/server/log'
import { startMetrics } from '@/server/metrics'
import { startInventory } from './start-inventory'
import { collectorRegistry } from './measures'
import { configuredSources, discoveredSources, type SourceInstance } from './sources'
import { supervise, type Collector } from './supervise'

/** How often discovery looks again for sources that appeared in the cluster. */
const discoverMs = 30_000

/**
 * The collector: inventory, sources and jobs, until the signal; then what was read is written.
 * `onReady` is called when everything has been started, which does not wait for any peer.
 * Throws AppError for a configuration that cannot work.
 */
export async function collect(signal: AbortSignal, onReady: () => void): Promise<void> {
  const config = env()
  const url = config.database.url
  if (!url)
    throw new AppError(
      'invalid',
      'The collector needs a database: set DATABASE_URL, or run “oriel start”, which brings one.',
    )
  const configured = configuredSources(config.sources)
  const pool = createPool(url, { max: config.database.connections, name: 'oriel collect' })
  const metrics =
    config.metrics.collectorPort > 0
      ? await startMetrics(config.metrics.collectorPort, collectorRegistry, config.metrics.host)
      : null
  // The same after a restart of this process: it takes its lease up again instead of waiting for it to run out.
  const holder = process.env.ORIEL_COLLECTOR || randomUUID()
  const inventory = startInventory(config, pool, signal)
  const collector: Collector = {
    pool,
    dictionaries: createDictionaries(pool),
    holder,
    cluster: inventory.cluster,
    inventory: inventory.lookup,
    discovery: inventory.discovery,
    limits: {
      maxEdges: config.flows.maxEdges,
      maxRecordsPerSecond: config.flows.maxPerSecond,
      maxAgeMs: config.retention['10s'],
    },
    retention: config.retention,
  }
  const running = new Map<string, Promise<void>>()
  const ensure = (instance: SourceInstance) => {
    if (!running.has(instance.id)) running.set(instance.id, supervise(instance, collector, signal))
  }
  const jobs = runJobs({ url, pool, retention: config.retention, signal, log }).catch((thrown: unknown) =>
    log.error({ error: toError(thrown).message }, 'the jobs ended'),
  )
  onReady()
  await inventory.ready
  configured.forEach(ensure)
  while (!signal.aborted) {
    if (config.discovery && configured.every(({ listens }) => listens) && inventory.discovery)
      discoveredSources(inventory.discovery).forEach(ensure)
    await sleep(discoverMs, undefined, { signal }).catch(() => {})
  }
  await Promise.allSettled([...running.values(), jobs, inventory.done])
  await metrics?.stop()
  await pool.end()
}
