import type { PolicyGround } from '@/core/policy/ground'
import type { Job, WorkerAsk, WorkerMessage, WorkerQuestions, WorkerReply } from './protocol'

type Running = {
  readonly worker: Worker
  readonly pending: Map<number, (reply: WorkerReply) => void>
  /** What the worker was given last. */
  ground: PolicyGround | null
}

/** One worker for the whole page, while anybody needs it. */
let running: Running | null = null
let users = 0
let jobs = 0

/** Keeps the worker until it is called back. */
export function leaseWorker(): () => void {
  users += 1
  return () => {
    users -= 1
    // A moment later, since pages that follow each other both need it.
    setTimeout(() => {
      if (users > 0 || !running) return
      running.worker.terminate()
      running = null
    }, 1000)
  }
}

/** Asks about a ground, which is handed over when it is another one than before. */
export function askWorker<A extends WorkerAsk>(
  ground: PolicyGround,
  lane: string,
  ask: A,
  of: WorkerQuestions[A],
): Promise<WorkerReply<A>> {
  const { worker, pending } = start(ground)
  const job = ++jobs
  return new Promise((resolve) => {
    // The worker answers what was asked, which a message cannot say in types.
    pending.set(job, resolve as (reply: WorkerReply) => void)
    const question = { ask, of } as Job['question']
    worker.postMessage({ type: 'job', job: { job, lane, question } } satisfies WorkerMessage, [])
  })
}

function start(ground: PolicyGround): Running {
  running ??= make()
  if (running.ground !== ground) {
    // A ground that was fetched again mostly has the same objects, which stay read.
    const { model, ...rest } = ground
    const isNew = running.ground?.model !== model
    running.ground = ground
    running.worker.postMessage(
      { type: 'ground', ground: rest, model: isNew ? model : null } satisfies WorkerMessage,
      [],
    )
  }
  return running
}

function make(): Running {
  const worker = new Worker(new URL('./what-if.worker.ts', import.meta.url), { type: 'module' })
  const pending: Running['pending'] = new Map()
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
    pending.get(data.job)?.(data)
    pending.delete(data.job)
  })
  worker.addEventListener('error', (event) => {
    for (const [job, resolve] of pending)
      resolve({ job, outcome: 'failed', reason: event.message || 'The worker of this page stopped.' })
    pending.clear()
    worker.terminate()
    if (running?.worker === worker) running = null
  })
  return { worker, pending, ground: null }
}
