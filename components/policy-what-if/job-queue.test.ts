import { expect, test } from 'vitest'
import { jobQueue } from './job-queue'
import type { Job, WorkerQuestion } from './protocol'

const draft = { changes: [], staged: null }
const whatIf: WorkerQuestion = { ask: 'what-if', of: draft }
const lint: WorkerQuestion = { ask: 'lint', of: draft }
const job = (number: number, question: WorkerQuestion, lane: string = question.ask): Job => ({
  job: number,
  lane,
  question,
})

test('a newer question of a lane takes the place of the one that waits', () => {
  const queue = jobQueue()
  expect(queue.add(job(1, whatIf))).toEqual([])
  expect(queue.add(job(2, whatIf)).map((one) => one.job)).toEqual([1])
  expect(queue.next()?.job).toBe(2)
  expect(queue.next()).toBeNull()
})

test('what a keystroke waits for comes before what may wait', () => {
  const queue = jobQueue()
  queue.add(job(1, lint))
  queue.add(job(2, { ask: 'tests', of: { ...draft, tests: [] } }))
  queue.add(job(3, { ask: 'tests', of: { ...draft, tests: [] } }, 'header'))
  queue.add(job(4, whatIf))
  expect([queue.next(), queue.next(), queue.next(), queue.next()].map((one) => one?.job)).toEqual([4, 2, 3, 1])
})
