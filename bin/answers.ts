import { parentPort } from 'node:worker_threads'
import { serveAnswers } from '@/server/serve-answers'
import { startAnswers } from '@/server/start-answers'

// The thread in which the web process works out its answers (server/answer-thread.ts).
if (!parentPort) throw new Error('This is a thread of the web process.')
serveAnswers(parentPort)
startAnswers()
