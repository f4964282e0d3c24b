import { emptyModel } from '@/core/policy/model'
import { prepareGround } from '@/core/policy/what-if'
import { answerer } from './answer-question'
import { jobQueue } from './job-queue'
import type { WorkerMessage, WorkerReply } from './protocol'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
const queue = jobQueue()
let answer: ReturnType<typeof answerer> | null = null
let model = emptyModel
let isDue = false

const reply = (message: WorkerReply) => scope.postMessage(message, [])

scope.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
  if (data.type === 'ground') {
    model = data.model ?? model
    answer = answerer(prepareGround({ ...data.ground, model }))
    return
  }
  for (const { job } of queue.add(data.job)) reply({ job, outcome: 'outdated' })
  isDue = isDue || later()
})

/** In a task of its own, so that what was typed meanwhile is heard first. */
function later(): true {
  setTimeout(work)
  return true
}

function work() {
  isDue = false
  const next = queue.next()
  if (!next || !answer) return
  const { job, question } = next
  const start = performance.now()
  try {
    const found = answer(question)
    reply({ job, outcome: 'answered', answer: found, ms: performance.now() - start })
  } catch (error) {
    reply({ job, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
  isDue = later()
}
