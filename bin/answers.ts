import { parentPort } from 'node:worker_threads'
import { registerEncryption } from '@/server/encryption-metrics'
import { env } from '@/server/env'
import { webMetrics } from '@/server/metrics'
import { serveAnswers } from '@/server/serve-answers'

// The thread in which the web process works out its answers (server/answer-thread.ts).
if (!parentPort) throw new Error('This is a thread of the web process.')
if (env().metrics.webPort !== 0) registerEncryption(webMetrics().registry)
serveAnswers(parentPort)
