import type { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import { type Scope, scopeKey } from '@/core/scope'
import type { Answer } from './answer'
import { AppError } from './errors'
import { webMetrics } from './metrics'
import { processWide } from './process-wide'
import { checkRecording } from './recording-scope'
import { createSharedCache } from './shared-cache'
import type { View } from './view'
import { within } from './within'
import { workOut } from './work-out'

const maxAnswerMs = 30_000
/** Who may have an older answer waits this long for the new one. */
const patienceMs = 250
/** Questions whose last answer is known by name; more are forgotten. */
const maxLatest = 500

/**
 * Answers a view for a scope: from the cache, or by one load that all who ask the same share; with its answer before,
 * where the view allows that (`staleMs`) and the new one takes longer than a moment.
 * Throws AppError: `unavailable` past 30 s, `too_large` past 64 MB.
 */
export async function ask<P extends z.ZodType, Q, L, A>(
  view: View<P, Q, L, A>,
  params: z.output<P>,
  scope: Scope,
  asker?: Asker,
): Promise<Answer> {
  const whose = keyOf(view, scope, asker)
  const asked = JSON.stringify([view.name, whose, params])
  const running = loading().get(asked)
  if (running) {
    webMetrics().loads.inc({ view: view.name, cache: 'hit' })
    return soonEnough(view, asked, running.key, within(maxAnswerMs, running.answer))
  }
  checkRecording(params, scope)
  const question = await view.settle(params)
  const key = JSON.stringify([view.name, whose, question])
  // It goes on past its time, for the next asker; the pool's statement timeout ends it.
  const make = () => within(maxAnswerMs, shared(asked, key, workOut(view, question, scope, asker)))
  const answer = answers()
    .get(key, make, view.maxAgeMs)
    .then(({ value, hit }) => {
      webMetrics().loads.inc({ view: view.name, cache: hit ? 'hit' : 'miss' })
      remember(asked, key)
      return value
    })
  return soonEnough(view, asked, key, answer)
}

/** Whose answer it is: that of all who see the same, or of one person alone. Throws AppError('unauthenticated') where nobody is that person. */
function keyOf({ personal }: { readonly personal?: true }, scope: Scope, asker: Asker | undefined): string {
  if (!personal) return scopeKey(scope)
  if (!asker) throw new AppError('unauthenticated', 'This belongs to somebody. Log in as who it belongs to.')
  return JSON.stringify([asker.account.id, asker.by, asker.rights.admin, scopeKey(scope)])
}

/** Under which key the last answer of a question was kept; the answers themselves are in their cache, and bounded there. */
const latest = () => processWide('latest', () => new Map<string, string>())

function remember(asked: string, key: string): void {
  const keys = latest()
  keys.delete(asked)
  keys.set(asked, key)
  const [oldest] = keys.keys()
  if (keys.size > maxLatest && oldest !== undefined) keys.delete(oldest)
}

/** The answer, or the one before where the view allows that and the new one is not there in a moment. */
async function soonEnough(
  { staleMs }: { readonly staleMs?: number | undefined },
  asked: string,
  key: string,
  answer: Promise<Answer>,
): Promise<Answer> {
  if (staleMs === undefined) return answer
  // It goes on for the next asker, to whom it may fail.
  answer.catch(() => {})
  const before = () => {
    const last = latest().get(asked)
    // A window that stands still is asked for as it is; only one that moves on has an answer before.
    return last === undefined || last === key ? null : answers().peek(last, staleMs)
  }
  return (await Promise.race([answer, after(patienceMs).then(before)])) ?? answer
}

/** The last answer to a question, at most `maxAgeMs` old; null where there is none. Asks nobody. */
export function lastAnswer<P extends z.ZodType, Q, L, A>(
  { name }: View<P, Q, L, A>,
  params: z.output<P>,
  scope: Scope,
  maxAgeMs: number,
): Answer | null {
  const key = latest().get(JSON.stringify([name, scopeKey(scope), params]))
  return key === undefined ? null : answers().peek(key, maxAgeMs)
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())

/**
 * Loads under way, by the question as it was asked. Where time moves on faster than answers are made, who asks again
 * gets the one that is being made: a busy machine is late then, and does nothing twice.
 */
const loading = () =>
  processWide('loading', () => new Map<string, { readonly key: string; readonly answer: Promise<Answer> }>())

function shared(asked: string, key: string, answer: Promise<Answer>): Promise<Answer> {
  loading().set(asked, { key, answer })
  const ended = () => {
    if (loading().get(asked)?.answer === answer) loading().delete(asked)
  }
  answer.then(ended, ended)
  return answer
}

/** Late data may change a window that was already answered; older than this, no answer is given twice. */
const answerTtlMs = 5_000
/** No view allows an older one. */
const maxStaleMs = 120_000

const answers = () =>
  processWide('answers', () =>
    createSharedCache<Answer>({
      ttlMs: answerTtlMs,
      staleMs: maxStaleMs,
      entries: 200,
      weight: 128 * 1024 * 1024,
      weigh: ({ body }) => body.length,
    }),
  )
