import { database } from './database'
import { registerEncryption } from './encryption-metrics'
import { env } from './env'
import { toError } from './errors'
import { liveHub } from './live'
import { log } from './log'
import { gaugeOf, startMetrics, webMetrics } from './metrics'
import { mapView } from './views/map'
import { keepWarm } from './warm'

/** What the web process starts besides answering: its metrics, what is always asked first, and an orderly end of its streams. */
export async function startWebProcess(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => liveHub().close())
  if (env().database.url) keepWarm(mapView, 'last=15m')
  const { host, webPort } = env().metrics
  if (webPort === 0) return
  const { registry } = webMetrics()
  if (env().database.url) {
    gaugeOf(registry, 'oriel_database_connections', 'Open database connections.', () => database().totalCount)
    gaugeOf(registry, 'oriel_database_waiting', 'Queries that wait for a connection.', () => database().waitingCount)
    registerEncryption(registry)
  }
  try {
    await startMetrics(webPort, registry, host)
    log.info({ port: webPort }, 'metrics listen')
  } catch (thrown) {
    log.error({ error: toError(thrown).message, port: webPort }, 'metrics cannot listen; choose another port')
  }
}
