import { Worker } from 'node:worker_threads'
import type { MetricObjectWithValues, MetricValue } from 'prom-client'
import type { Scope } from '@/core/scope'
import type { Answer } from './answer'
import { type Asking, errorOf, type Telling } from './answer-messages'
import { AppError } from './errors'
import { heapCeiling, raiseHeapCeiling } from './heap-ceiling'
import { log } from './log'
import { processWide } from './process-wide'
import { within } from './within'

/** Longer than an answer may take in its thread (server/ask.ts): past it, the thread is stuck. */
const maxMs = 35_000
/** Within the ten seconds that Prometheus waits. */
const maxMetricsMs = 8_000

export type ThreadMetrics = MetricObjectWithValues<MetricValue<string>>[]

/**
 * A thread that works out answers, so that pages, scripts and small answers need not wait while it computes. It begins
 * with the first question and, where it ended, with the next one; who waits meanwhile gets AppError('unavailable').
 */
export type AnswerThread = {
  /** The answer of the view of this name to a settled question. Throws what the view throws. */
  answer(view: string, question: unknown, scope: Scope): Promise<Answer>
  /** What is counted there. */
  metrics(): Promise<ThreadMetrics>
  begin(): void
  stop(): Promise<void>
}

export function createAnswerThread(file: string | URL): AnswerThread {
  const waiting = new Map<number, { resolve(value: never): void; reject(thrown: Error): void }>()
  let worker: Worker | null = null
  let last = 0

  const begin = () => {
    // It answers by itself: what it asks goes to no other thread.
    const begun = new Worker(/* turbopackIgnore: true */ file, { env: { ...process.env, ORIEL_ANSWERS: '' } })
    const ended = (why: string, error: AppError = begunAnew()) => {
      if (worker !== begun) return
      worker = null
      log.error({ why }, 'the thread of answers ended; the next question begins another')
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    begun.on('error', (thrown: NodeJS.ErrnoException) =>
      ended(String(thrown), thrown.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : undefined),
    )
    begun.on('exit', (code) => ended(`exit code ${code}`))
    begun.on('message', (telling: Telling) => {
      const asked = waiting.get(telling.id)
      waiting.delete(telling.id)
      if ('error' in telling) asked?.reject(errorOf(telling.error))
      else asked?.resolve(telling.value as never)
    })
    begun.unref()
    return begun
  }
  const send = <T>(asking: DistributiveOmit<Asking, 'id'>, ms: number): Promise<T> => {
    const id = ++last
    const reply = new Promise<T>((resolve, reject) => waiting.set(id, { resolve, reject }))
    const message = { ...asking, id } satisfies Asking
    worker ??= begin()
    worker.postMessage(message, [])
    return within(ms, reply).finally(() => waiting.delete(id))
  }

  return {
    answer: (view, question, scope) => send({ what: 'answer', view, question, scope }, maxMs),
    metrics: () => send({ what: 'metrics' }, maxMetricsMs),
    begin: () => void (worker ??= begin()),
    async stop() {
      const running = worker
      worker = null
      await running?.terminate()
    },
  }
}

const begunAnew = () => new AppError('unavailable', 'Oriel had to begin its answers anew. Ask again in a moment.')

/** The next thread gets more, where there is more; asking again is of no use where there is not. */
function outOfMemory(): AppError {
  const raised = raiseHeapCeiling()
  if (raised !== null) {
    log.warn({ megabytes: raised }, 'answers needed more memory; the next thread may fill this much')
    return begunAnew()
  }
  const may = `${heapCeiling().toLocaleString('en-US')} MB`
  return new AppError(
    'unavailable',
    `The answer needs more than the ${may} that Oriel may fill with answers. Ask for a shorter window or a filter, or give its web process more memory.`,
  )
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** The thread of this process; null where answers are worked out beside everything else (ORIEL_ANSWERS names no file). */
export const answerThread = (): AnswerThread | null =>
  process.env.ORIEL_ANSWERS
    ? processWide('answer-thread', () => createAnswerThread(process.env.ORIEL_ANSWERS ?? ''))
    : null
