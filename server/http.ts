import type { z } from 'zod'
import { anybody, type Asker } from '@/core/access/asker'
import { isDeepJson } from '@/core/text/nesting'
import { type Admission, admit } from './access'
import type { Answer } from './answer'
import { ask } from './ask'
import { audited } from './audited'
import type { Change, ChangeRequest } from './change'
import { clientAddress } from './client-address'
import { env } from './env'
import { AppError } from './errors'
import { frozenAnswer } from './frozen'
import { actedAs } from './identity'
import { checkHost, checkSameOrigin, securityHeaders } from './guard'
import { knownHosts } from './known-hosts'
import { webMetrics } from './metrics'
import { parseParams, parseRecord } from './params'
import { newRequestId, nothingThere, problemResponse } from './problem'
import { checkRate } from './rate'
import { bodyWhile, standing } from './standing'
import type { AnyView, Stream, View } from './view'
import { withScope } from './wall'

const maxUrlLength = 8_192
const maxBodyBytes = 1024 * 1024
/** What a request takes of what one person may ask (server/rate.ts). */
const costs = { question: 1, change: 5, export: 20 } as const

/** Finds out who asks. Throws AppError('unauthenticated'). */
type Admit = (headers: Headers) => Promise<Admission>

/** What Next hands to a handler: the variable parts of its path. */
type RouteContext = { readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>> }

/**
 * The GET handler of a view, for who is logged in; with `frozen` in its query, of the answer that this link keeps. HEAD
 * comes with it; other methods do not get so far (front/refuse.ts).
 */
export const route =
  <P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>, known: Admit = admit) =>
  async (request: Request, context?: RouteContext): Promise<Response> => {
    const query = await queryOf(request, context)
    return respondTo(
      view.name,
      request,
      async (asker) => {
        if (new URL(request.url).search.length > maxUrlLength)
          throw new AppError('too_large', `The query is longer than ${maxUrlLength} characters; name fewer things.`)
        const frozen = query.get('frozen')
        const answer =
          frozen === null
            ? await ask(view, parseParams(view.params, query), asker.rights.sees, asker)
            : await frozenAnswer(view, query, frozen)
        return answerResponse(answer, request)
      },
      (headers) => known(headers).catch((thrown: unknown) => admitAnybody(view, query, thrown)),
    )
  }

/** The query with the variable parts of the path. */
async function queryOf(request: Request, context: RouteContext | undefined): Promise<URLSearchParams> {
  const query = new URLSearchParams(new URL(request.url).searchParams)
  for (const [name, value] of Object.entries((await context?.params) ?? {}))
    if (value !== undefined) query.set(name, [value].flat().join('/'))
  return query
}

/** Who is not logged in is answered where links are public: what a frozen one keeps, and what it says of itself. */
async function admitAnybody(view: AnyView, query: URLSearchParams, thrown: unknown): Promise<Admission> {
  const isOpen = env().links.public && (query.has('frozen') || (await view.toAnybody?.(query)))
  if (thrown instanceof AppError && thrown.code === 'unauthenticated' && isOpen) return { asker: anybody, cookie: null }
  throw thrown
}

/** The GET handler of an answer that is written while it is read. */
export const streamRoute =
  <P extends z.ZodType>(stream: Stream<P>, known: Admit = admit) =>
  (request: Request): Promise<Response> =>
    respondTo(
      stream.name,
      request,
      async (asker, requestId) => {
        const { searchParams } = new URL(request.url)
        const params = parseParams(stream.params, searchParams)
        // Nobody would read what is written, and no place would be given back.
        if (request.method === 'HEAD') return new Response(null, { headers: { 'cache-control': 'no-store' } })
        return audited(stream.audit, asker, requestOf(request, requestId), async ({ note }) => {
          note({ after: Object.fromEntries(searchParams) })
          const { sees } = asker.rights
          const stands = standing(request, asker)
          const write = () => stream.write(params, sees, stands.signal, asker)
          try {
            const response = await (stream.personal ? write() : withScope(sees, write))
            return new Response(response.body && bodyWhile(response.body, stands), response)
          } catch (thrown) {
            stands.stop()
            throw thrown
          }
        })
      },
      known,
      costs.export,
    )

/** The handler of a change, for its method: same origin, JSON of at most 1 MB, never kept by a cache. */
export const changeRoute =
  <I extends z.ZodType, A>(change: Change<I, A>, known: Admit = admit, as = actedAs) =>
  (request: Request, context?: RouteContext): Promise<Response> =>
    respondTo(
      change.name,
      request,
      async (asker, requestId) => {
        checkSameOrigin(request.headers, change.method !== 'DELETE')
        const body = change.method === 'DELETE' ? {} : await readBody(request)
        const input = parseRecord(change.input, { ...body, ...(await context?.params) })
        const from = requestOf(request, requestId)
        const identity = await as(asker.account)
        const answer = await audited(change.audit, asker, from, async (telling) => {
          mustBeForChanges(asker)
          if (!change.withoutRole) mustHaveRole(asker)
          return change.run(input, {
            name: asker.account.name,
            asker,
            scope: asker.rights.sees,
            kubernetes: identity,
            request: from,
            ...telling,
          })
        })
        return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
      },
      known,
      costs.change,
    )

/** Who has no role yet may look around an empty console, and change nothing. */
function mustHaveRole({ rights: { teams, sees } }: Asker): void {
  if (teams === null || teams.length > 0 || sees.all || sees.pairs.size > 0) return
  throw new AppError('forbidden', 'You have no role here, so you may change nothing. Ask who runs Oriel for one.')
}

/** A token of a viewer reads, whatever else its owner may do. */
function mustBeForChanges({ by, rights: { admin, edits } }: Asker): void {
  if ('session' in by || admin || edits.all || edits.pairs.size > 0) return
  throw new AppError('forbidden', 'This token is for reading alone. Make one with the role of an editor.')
}

/** Where a request comes from, for the audit. */
const requestOf = ({ headers }: Request, id: string): ChangeRequest => ({
  id,
  from: clientAddress(headers, env().auth.trustedProxies),
  agent: headers.get('user-agent') ?? '',
})

/** Wraps a handler for who is logged in, and hands the browser its next token. */
export const respondTo = (
  name: string,
  request: Request,
  handle: (asker: Asker, requestId: string) => Promise<Response>,
  known: Admit = admit,
  cost: number = costs.question,
): Promise<Response> =>
  respond(name, request, async (requestId) => {
    const stranger = () => clientAddress(request.headers, env().auth.trustedProxies)
    const { asker, cookie } = await known(request.headers).catch((thrown: unknown) => {
      checkRate(stranger(), costs.question)
      throw thrown
    })
    checkRate(asker === anybody ? stranger() : asker.account.id, cost)
    const response = await handle(asker, requestId)
    if (cookie !== null) response.headers.append('set-cookie', cookie)
    return response
  })

/** A JSON object. Throws AppError: `too_large` past 1 MB, `invalid` for anything else. */
async function readBody(request: Request): Promise<Record<string, unknown>> {
  const parts: Uint8Array[] = []
  let size = 0
  // A length that the sender names proves nothing; what comes is counted.
  for await (const part of request.body ?? []) {
    size += part.length
    if (size > maxBodyBytes) throw new AppError('too_large', 'The body is larger than 1 MB.')
    parts.push(part)
  }
  const text = Buffer.concat(parts).toString('utf8')
  if (isDeepJson(text)) throw new AppError('invalid', 'The body nests too deep.')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Said below, with the other ways of being no object.
  }
  throw new AppError('invalid', 'The body must be a JSON object.')
}

/** Wraps a handler: host check, security headers, problem+json for what it throws, duration by name. */
export async function respond(
  name: string,
  request: Request,
  handle: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = newRequestId()
  const stop = webMetrics().requests.startTimer({ view: name })
  let response: Response
  try {
    checkHost(request.headers.get('host'), knownHosts())
    response = await handle(requestId)
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
    throw nothingThere()
  })

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
