import { registerEncryption } from './encryption-metrics'
import { env } from './env'
import { webMetrics } from './metrics'
import { mapView } from './views/map'
import { keepWarm } from './warm'

/** What goes on where answers are worked out: what is always asked first is kept ready, and encryption is told to who scrapes. */
export function startAnswers(): void {
  if (!env().database.url) return
  keepWarm(mapView, 'last=15m')
  if (env().metrics.webPort !== 0) registerEncryption(webMetrics().registry)
}
