import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { listWords } from '@/core/text/words'
import { AppError, errorStatus, type ErrorCode, toError } from './errors'
import { log } from './log'

/** What is wrong with one parameter and what is allowed. */
export type ParameterProblem = { readonly parameter: string; readonly message: string }

/** RFC 9457. `requestId` finds the log line. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  readonly requestId: string
  readonly parameters?: readonly ParameterProblem[]
}

const titles: Readonly<Record<ErrorCode, string>> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Not logged in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  not_frozen: 'Not part of this frozen view',
  method_not_allowed: 'Not for this path',
  conflict: 'Conflict',
  too_large: 'Too large',
  address_too_long: 'Address too long',
  too_many: 'Too many',
  internal: 'Oriel failed',
  unavailable: 'Not available now',
}

export const newRequestId = (): string => randomUUID()

/** Thrown for parameters that do not parse; every one of them is named. */
export class ParameterError extends AppError {
  readonly parameters: readonly ParameterProblem[]

  constructor(parameters: readonly ParameterProblem[]) {
    super('invalid', parameters.map((problem) => `${problem.parameter}: ${problem.message}`).join('; '))
    this.parameters = parameters
  }
}

/** Of a path of the API where nothing is. */
export const nothingThere = (): AppError =>
  new AppError('not_found', 'There is nothing at this path. /api/v1/openapi.json lists what there is.')

/** Thrown for a method that a path does not take; `allowed` are those that it does. */
export class MethodError extends AppError {
  readonly allowed: readonly string[]

  constructor(method: string, allowed: readonly string[]) {
    super('method_not_allowed', `${method} is not for this path, which takes ${listWords(allowed)}.`)
    this.allowed = allowed
  }
}

/** As many are named as somebody reads. */
const mostNamed = 10

/** Parameters by name with what is wrong with each; those beyond the first ten are counted. */
export function problemsError(problems: readonly (readonly [name: string, message: string])[]): ParameterError {
  const named = problems.slice(0, mostNamed).map(([name, message]) => ({ parameter: cut(name), message }))
  const rest = problems.length - named.length
  return new ParameterError(rest > 0 ? [...named, { parameter: '…', message: `and ${rest} more` }] : named)
}

/** Names each bad parameter; `known` are those that exist, which is said once. */
export function parameterError(error: z.ZodError, known: readonly string[]): ParameterError {
  let isSaid = false
  const unknown = (): string => {
    const message = isSaid ? 'unknown' : `unknown; there are ${known.join(', ')}`
    isSaid = true
    return message
  }
  return problemsError(
    error.issues.flatMap((issue): (readonly [string, string])[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [key, unknown()])
        : [[issue.path.map(String).join('.'), plainMessage(issue)]],
    ),
  )
}

/** The checker's own words for what is missing or no choice, as a sentence of ours. */
function plainMessage(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `write ${issue.values.map(String).join(', ')}`
  return issue.code === 'invalid_type' && issue.message.includes('received undefined') ? 'must be given' : issue.message
}

/** What the client is told. Only errors thrown on purpose speak; of any other it learns the request id alone. */
export function problemOf(thrown: unknown, requestId: string): Problem {
  const code = thrown instanceof AppError ? thrown.code : 'internal'
  const detail =
    thrown instanceof AppError
      ? thrown.message
      : `Something went wrong that should not. Tell your administrator the request id ${requestId}; the log has the cause.`
  const problem = {
    type: `urn:oriel:problem:${code}`,
    title: titles[code],
    status: errorStatus[code],
    detail,
    code,
    requestId,
  }
  return thrown instanceof ParameterError ? { ...problem, parameters: thrown.parameters } : problem
}

/** The response to a failure, logged: with its stack where it is Oriel's own. */
export function problemResponse(thrown: unknown, requestId: string, headers: HeadersInit): Response {
  const problem = problemOf(thrown, requestId)
  if (problem.status >= 500) {
    const error = toError(thrown)
    log.error(
      { requestId, error: error.stack, cause: error.cause ? toError(error.cause).stack : undefined },
      'request failed',
    )
  }
  const response = Response.json(problem, { status: problem.status, headers })
  response.headers.set('content-type', 'application/problem+json')
  response.headers.set('cache-control', 'no-store')
  response.headers.set('x-request-id', requestId)
  if (thrown instanceof AppError && thrown.retryAfter !== undefined)
    response.headers.set('retry-after', String(thrown.retryAfter))
  if (thrown instanceof MethodError) response.headers.set('allow', thrown.allowed.join(', '))
  return response
}

const cut = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
