/** A question that a frozen view keeps the answer to: what is asked, and when it is about. */
export type FrozenQuestion = {
  /** Path and parameters but for the time, in a fixed order: the same question has the same key. */
  readonly key: string
  /** The window in milliseconds; null where the question names none. */
  readonly from: number | null
  readonly to: number | null
}

const timeParams: ReadonlySet<string> = new Set(['last', 'from', 'to', 'frozen'])

/**
 * The question that a path below /api/v1/ and its parameters are. The time is apart, because a page may
 * ask the same with a slightly other window when it stands still; empty parameters ask for nothing.
 */
export function frozenQuestion(path: string, query: URLSearchParams): FrozenQuestion {
  const params = [...query].filter(([name, value]) => !timeParams.has(name) && value !== '')
  params.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  return { key: JSON.stringify([path, ...params]), from: moment(query.get('from')), to: moment(query.get('to')) }
}

function moment(text: string | null): number | null {
  if (text === null || text === '') return null
  const ms = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
