import { noteAnswered } from './session-state'

/** An answer of the API that says why there is none. `message` tells the reader what to do next. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  /** Milliseconds after which the server would be asked again; null: it does not say. */
  readonly retryAfterMs: number | null

  constructor(
    status: number,
    code: string,
    message: string,
    requestId: string | null,
    retryAfterMs: number | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.requestId = requestId
    this.retryAfterMs = retryAfterMs
  }
}

type Param = string | number | boolean | readonly string[] | null | undefined
export type Params = Readonly<Record<string, Param>>

/** Path with a query in a fixed order; what is empty is left out, lists are joined by commas. */
export function apiPath(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const name of Object.keys(params).sort()) {
    const value = params[name]
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value)
    if (text !== '') query.set(name, text)
  }
  return query.size > 0 ? `/api/v1/${path}?${query}` : `/api/v1/${path}`
}

type Heard = (path: string, params: Params) => void
const listeners = new WeakMap<AbortSignal, Heard>()

/** A signal under which `getJson` tells what it would ask, and asks nothing. For frozen links (share/questions.ts). */
export function listeningSignal(heard: Heard): AbortSignal {
  const { signal } = new AbortController()
  listeners.set(signal, heard)
  return signal
}

/** Thrown by `getJson` under a listening signal. */
export class OnlyHeard extends Error {}

/** What is about this installation and not about telemetry: never part of a frozen view. */
export const isWorkspace = (path: string): boolean =>
  /^(links|saved-views|me|teams|members|sessions|tokens|audit)(\/|$)/.test(path)

/** The token of the frozen link in the address; null on live pages. */
export const frozenInAddress = (): string | null =>
  typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('frozen')

/**
 * Reads JSON from the API; on a frozen page, what its link keeps. Throws ApiError for problem+json, a lost
 * connection and an answer that is no JSON.
 */
export async function getJson<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  const heard = signal && listeners.get(signal)
  if (heard) {
    heard(path, params)
    throw new OnlyHeard()
  }
  const frozen = isWorkspace(path) ? null : frozenInAddress()
  const response = await reach(apiPath(path, frozen === null ? params : { ...params, frozen }), {
    signal,
    headers: { accept: 'application/json' },
  })
  return (await response.json()) as T
}

/** Changes something through the API and returns what it answers. Throws ApiError as `getJson` does. */
export async function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await reach(apiPath(path), {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return (await response.json()) as T
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError(
      0,
      'unreachable',
      'Oriel does not answer. Check that its process runs; this page tries again by itself.',
      null,
    )
  }
  noteAnswered(response.status)
  if (!response.ok) throw await problemOf(response)
  return response
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const text = (name: string): string | null => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null
    return typeof value === 'string' && value !== '' ? value : null
  }
  const message =
    text('detail') ?? text('title') ?? `The server answered ${response.status}. Try again, then look into its log.`
  return new ApiError(
    response.status,
    text('code') ?? 'internal',
    message,
    text('requestId') ?? response.headers.get('x-request-id'),
    retryAfterOf(response),
  )
}

/** Retry-After in seconds, as the API writes it. */
function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null
}
