/** An answer of the API that says why there is none. `message` tells the reader what to do next. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null

  constructor(status: number, code: string, message: string, requestId: string | null) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.requestId = requestId
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

/** Reads JSON from the API. Throws ApiError for problem+json, a lost connection and an answer that is no JSON. */
export async function getJson<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch(apiPath(path, params), { signal, headers: { accept: 'application/json' } })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(
      0,
      'unreachable',
      'Oriel does not answer. Check that its process runs; this page tries again by itself.',
      null,
    )
  }
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as T
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
  )
}
