import { type Job, workerAsks } from './protocol'

export type JobQueue = {
  /** @returns the jobs that it makes moot */
  readonly add: (job: Job) => readonly Job[]
  /** The next to be done, the most urgent kind of question first; null: none waits. */
  readonly next: () => Job | null
}

/** Jobs that wait, at most one of each lane. */
export function jobQueue(): JobQueue {
  const waiting = new Map<string, Job>()
  const urgency = ({ question }: Job) => workerAsks.indexOf(question.ask)
  return {
    add: (job) => {
      const older = waiting.get(job.lane)
      waiting.set(job.lane, job)
      return older ? [older] : []
    },
    next: () => {
      const [first] = [...waiting.values()].sort((a, b) => urgency(a) - urgency(b) || a.job - b.job)
      if (first) waiting.delete(first.lane)
      return first ?? null
    },
  }
}
