import { AggregatorRegistry } from 'prom-client'
import { accessHub, followAccess } from './access-hub'
import { answerThread } from './answer-thread'
import { flushAudit } from './audit'
import { keepAuditingConfiguration } from './audit-configuration'
import { keepReconciling } from './changes/reconcile-policy-changes'
import { ownDatabase } from './database'
import { registerEncryption } from './encryption-metrics'
import { env } from './env'
import { toError } from './errors'
import { liveHub } from './live'
import { log } from './log'
import { type Scraped, startMetrics, webMetrics } from './metrics'
import { firstQuestion, mapView } from './views/map'
import { keepWarm } from './warm'

/** What the web process starts besides answering: the thread of answers, what is always asked first, its metrics, and an orderly end of its streams. */
export async function startWebProcess(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
    process.once(signal, () => {
      liveHub().close()
      accessHub().close()
    })
  answerThread()?.begin()
  if (env().database.url) {
    keepWarm(mapView, firstQuestion)
    keepReconciling()
    followAccess()
    tellAudit()
  }
  const { host, webPort } = env().metrics
  if (webPort === 0) return
  if (!answerThread()) registerEncryption(webMetrics().registry)
  try {
    await startMetrics(webPort, scraped(), host)
    log.info({ port: webPort }, 'metrics listen')
  } catch (thrown) {
    log.error({ error: toError(thrown).message, port: webPort }, 'metrics cannot listen; choose another port')
  }
}

/** What was configured anew is told to the audit, and what the audit still counts is written before the end. */
function tellAudit(): void {
  keepAuditingConfiguration(ownDatabase(), env())
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => void flushAudit())
}

/** The metrics of this thread and of that of answers together; without those of the latter where it does not tell in time. */
function scraped(): Scraped {
  const { registry } = webMetrics()
  return {
    contentType: registry.contentType,
    async metrics() {
      const others = await answerThread()
        ?.metrics()
        .catch((thrown: unknown) => {
          log.warn({ error: toError(thrown).message }, 'the thread of answers tells no metrics')
          return null
        })
      if (!others) return registry.metrics()
      return AggregatorRegistry.aggregate([await registry.getMetricsAsJSON(), others]).metrics()
    },
  }
}
