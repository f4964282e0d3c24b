// The collector process.
import { collect } from '@/collectors/main'
import { toError } from '@/server/errors'
import { log } from '@/server/log'

const stop = new AbortController()
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, () => stop.abort())
process.on('unhandledRejection', (thrown) => log.error({ error: toError(thrown).stack }, 'unhandled rejection'))

try {
  await collect(stop.signal, () => process.send?.({ ready: true }))
  process.exit(0)
} catch (thrown) {
  log.fatal({ error: toError(thrown).stack }, toError(thrown).message)
  console.error(toError(thrown).message)
  process.exit(1)
}
