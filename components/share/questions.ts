import type { QueryClient, QueryFunction, QueryFunctionContext } from '@tanstack/react-query'
import type { Window } from '@/core/time'
import { ceilTo, tierMs } from '@/core/time'
import { apiPath, isWorkspace, listeningSignal, OnlyHeard, type Params } from '../api'
import { parseLast } from '../time-range'

/** A query as far as it can be asked what it asks. */
type Asking = {
  readonly queryKey: readonly unknown[]
  readonly queryFn?: unknown
  readonly meta?: Record<string, unknown>
}

/**
 * The questions of the API whose answers the page shows, as paths below /api/v1/ with their query. Every
 * active query is run under a signal that makes `getJson` tell instead of ask, so a page need not list
 * what it shows. A moving range becomes the one that ends where `window` does.
 */
export async function shownQuestions(client: QueryClient, window: Window): Promise<string[]> {
  const found = new Set<string>()
  for (const query of client.getQueryCache().findAll({ type: 'active' })) {
    if (query.state.data === undefined) continue
    for (const pageParam of pageParamsOf(query.state.data))
      for (const question of await questionsOf(
        client,
        { ...query.options, queryKey: query.queryKey },
        window,
        pageParam,
      ))
        found.add(question)
  }
  return [...found]
}

/** The questions that a query would ask. */
export async function questionsOf(
  client: QueryClient,
  { queryKey, queryFn, meta }: Asking,
  window: Window,
  pageParam: unknown = null,
): Promise<string[]> {
  if (!isQueryFn(queryFn)) return []
  const heard: string[] = []
  const signal = listeningSignal((path, params) => {
    if (!isWorkspace(path) && path !== ofRowsInSight) heard.push(questionText(path, params, window))
  })
  const context = { client, queryKey, signal, meta, pageParam, direction: 'forward' }
  try {
    await queryFn(context as QueryFunctionContext)
  } catch (thrown) {
    if (!(thrown instanceof OnlyHeard)) throw thrown
  }
  return heard
}

/** A list is kept with all of its small charts instead: what is in sight depends on the window of who looks. */
const ofRowsInSight = 'services/charts'

const isQueryFn = (value: unknown): value is QueryFunction => typeof value === 'function'

/** Those of the loaded pages of an endless list; one for anything else. */
function pageParamsOf(data: unknown): readonly unknown[] {
  const params: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'pageParams') : null
  return Array.isArray(params) ? params : [null]
}

function questionText(path: string, { charts: _inSight, ...params }: Params, window: Window): string {
  const ms = typeof params.last === 'string' ? parseLast(params.last) : null
  const still =
    ms === null ? params : { ...params, last: null, from: window.to - ceilTo(ms, tierMs['10s']), to: window.to }
  return apiPath(path, still).replace(/^\/api\/v1\//, '')
}
