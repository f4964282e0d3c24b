import { createHash } from 'node:crypto'
import { z } from 'zod'
import { everything, type Scope, scopeKey } from '@/core/scope'
import { env } from './env'
import { AppError } from './errors'
import { checkHost, securityHeaders } from './guard'
import { webMetrics } from './metrics'
import { queryRecord } from './params'
import { newRequestId, parameterError, problemResponse } from './problem'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import type { View } from './view'

const maxUrlLength = 8_192
const maxAnswerBytes = 64 * 1024 * 1024
const maxAnswerMs = 30_000
/** Below this, compression costs more than it saves. */

/** What the asker may see. Without a login everybody is the local administrator and sees everything. */
export const scopeOf = async (_request: Request): Promise<Scope> => everything

/** What Next hands to a handler: the variable parts of its path. */
type RouteContext = { readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>> }

/** The GET handler of a view. HEAD comes with it; Next answers other methods with 405. */
export const route =
  <P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>, scope = scopeOf) =>
  (request: Request, context?: RouteContext): Promise<Response> =>
    respond(view.name, request, async () => {
      const url = new URL(request.url)
      if (url.search.length > maxUrlLength)
        throw new AppError('too_large', `The query is longer than ${maxUrlLength} characters; name fewer things.`)
      const query = new URLSearchParams(url.searchParams)
      for (const [name, value] of Object.entries((await context?.params) ?? {}))
        if (value !== undefined) query.set(name, [value].flat().join('/'))
      const params = parseParams(view.params, query)
      const answer = await ask(view, params, await scope(request))
      return answerResponse(answer, request)
    })

/**
 * Answers a view for a scope: from the cache, or by one load that all who ask the same share.
 * Throws AppError: `unavailable` past 30 s, `too_large` past 64 MB.
 */
export async function ask<P extends z.ZodType, Q, L, A>(
  view: View<P, Q, L, A>,
  params: z.output<P>,
  scope: Scope,
): Promise<Answer> {
  const question = await view.settle(params)
  const key = JSON.stringify([view.name, scopeKey(scope), question])
  const make = () => within(maxAnswerMs, async () => toAnswer(view.render(await view.load(question, scope), question)))
  const { value: answer, hit } = await answers().get(key, make, view.maxAgeMs)
  webMetrics().loads.inc({ view: view.name, cache: hit ? 'hit' : 'miss' })
  return answer
}

/** Wraps a handler: host check, security headers, problem+json for what it throws, duration by name. */
export async function respond(name: string, request: Request, handle: () => Promise<Response>): Promise<Response> {
  const requestId = newRequestId()
  const stop = webMetrics().requests.startTimer({ view: name })
  let response: Response
  try {
    checkHost(request.headers.get('host'), [...env().web.hosts, env().web.host])
    response = await handle()
    for (const [header, value] of Object.entries(securityHeaders)) response.headers.set(header, value)
    response.headers.set('x-request-id', requestId)
  } catch (thrown) {
    response = problemResponse(thrown, requestId, securityHeaders)
  }
  stop({ status: `${Math.floor(response.status / 100)}xx` })
  return response
}

/** The GET handler of paths below /api where nothing is. */
export const nowhere = (request: Request): Promise<Response> =>
  respond('nowhere', request, async () => {
    throw new AppError('not_found', 'There is nothing at this path. /api/v1/openapi.json lists what there is.')
  })

/** The parameters of a query by their schema. Throws ParameterError that names every bad one. */
export function parseParams<P extends z.ZodType>(schema: P, query: URLSearchParams): z.output<P> {
  const parsed = schema.safeParse(queryRecord(query))
  if (parsed.success) return parsed.data
  throw parameterError(parsed.error, schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])
}

/** An answer as it goes out. */
export type Answer = { readonly body: Uint8Array; readonly etag: string }

function toAnswer(value: unknown): Answer {
  const body = new TextEncoder().encode(JSON.stringify(value))
  if (body.length > maxAnswerBytes)
    throw new AppError(
      'too_large',
      'The answer is larger than 64 MB. Ask for a shorter window, fewer namespaces or a filter.',
    )
  return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}

/** Late data may change a window that was already answered; older than this, no answer is given twice. */
const answerTtlMs = 5_000

const answers = () =>
  processWide('answers', () =>
    createSharedCache<Answer>({
      ttlMs: answerTtlMs,
      entries: 200,
      weight: 128 * 1024 * 1024,
      weigh: ({ body }) => body.length,
    }),
  )

/** Compression is the server's (Next drops a route's own content-encoding). */
function answerResponse(answer: Answer, request: Request): Response {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'private, no-cache',
    etag: answer.etag,
  }
  if (request.headers.get('if-none-match')?.includes(answer.etag)) return new Response(null, { status: 304, headers })
  return new Response(copy(answer.body), { headers })
}

/** The same bytes as a view that Response takes; nothing is copied where the buffer is the array's own. */
const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)

/** The load goes on past its time, for the next asker; the pool's statement timeout ends it. */
async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new AppError('unavailable', `No answer within ${ms / 1000} s. Ask for a shorter window or a filter.`)),
      ms,
    )
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
