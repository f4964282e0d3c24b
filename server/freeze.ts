import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { frozenQuestion } from '@/core/links/frozen-question'
import type { Scope } from '@/core/scope'
import type { FrozenRow } from '@/server/db/links/write-link'
import { ask } from './ask'
import { AppError } from './errors'
import { hashOf } from './link-token'
import { parseParams } from './params'
import type { AnyView } from './view'

const deflate = promisify(gzip)
/** Answers that are made at once: freezing must not starve those who look at live pages. */
const width = 3
/** How long the maker of a link waits for what is only near. */
const nearbyMs = 20_000
const megabyte = 1024 * 1024

export type Frozen = {
  readonly rows: readonly FrozenRow[]
  /** Questions without an answer, and such of `nearby` that did not fit. */
  readonly leftOut: number
}

/**
 * The answers to these questions (paths below /api/v1/ with their query), compressed, as the scope may
 * see them. `shown` must all fit into `maxBytes`; of `nearby`, those that are one click away, as many as
 * fit and take no more than twenty seconds are kept, in their order. Throws AppError: `too_large`, and what the views throw.
 */
export async function freeze(
  views: readonly AnyView[],
  questions: { readonly shown: readonly string[]; readonly nearby: readonly string[] },
  scope: Scope,
  maxBytes: number,
): Promise<Frozen> {
  const shown = await inTurn(questions.shown, (text) => answerRow(views, text, scope))
  const rows = shown.filter((row) => row !== null)
  let bytes = rows.reduce((sum, { body }) => sum + body.length, 0)
  if (bytes > maxBytes)
    throw new AppError(
      'too_large',
      `What this page shows takes ${Math.ceil(bytes / megabyte)} MB, and a frozen link keeps at most ${Math.floor(maxBytes / megabyte)} MB. Filter or fold the map, or share it live.`,
    )
  const until = Date.now() + nearbyMs
  await inTurn(questions.nearby, async (text) => {
    if (bytes >= maxBytes || Date.now() > until) return
    const row = await answerRow(views, text, scope)
    if (!row || bytes + row.body.length > maxBytes) return
    bytes += row.body.length
    rows.push(row)
  })
  return { rows, leftOut: questions.shown.length + questions.nearby.length - rows.length }
}

/** A value that a link keeps beside the answers of views, under a name of its own. */
export const extraRow = async (name: string, value: unknown): Promise<FrozenRow> => ({
  question: hashOf(name),
  from: 0,
  to: 0,
  body: await deflate(JSON.stringify(value)),
})

/** The answer to one question; null where there is nothing (a record that is no longer kept). */
async function answerRow(views: readonly AnyView[], text: string, scope: Scope): Promise<FrozenRow | null> {
  const { view, query } = findView(views, text)
  // What belongs to a person is shown to nobody else.
  if (view.personal) return null
  try {
    const { body } = await view.open((each) => ask(each, parseParams(each.params, query), scope))
    const { key, from, to } = frozenQuestion(view.path, query)
    return { question: hashOf(key), from: from ?? 0, to: to ?? 0, body: await deflate(body) }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not_found') return null
    throw thrown
  }
}

/** The view of a path; the variable parts of the path join the query. Throws AppError('invalid') where there is none. */
function findView(views: readonly AnyView[], text: string): { view: AnyView; query: URLSearchParams } {
  const cut = text.indexOf('?')
  const parts = (cut < 0 ? text : text.slice(0, cut)).split('/')
  for (const view of views) {
    const names = view.path.split('/')
    if (names.length !== parts.length) continue
    const query = new URLSearchParams(cut < 0 ? '' : text.slice(cut))
    const fits = names.every((name, i) => {
      const part = parts[i] ?? ''
      const variable = /^\{(.+)\}$/.exec(name)?.[1]
      if (variable === undefined) return name === part
      query.set(variable, decoded(part))
      return part !== ''
    })
    if (fits) return { view, query }
  }
  throw new AppError('invalid', `There is nothing at ${text.slice(0, 80)}.`)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new AppError('invalid', `${part.slice(0, 80)} is not encoded well.`)
  }
}

/** Does the work for each, a few at a time, results in the order of the items. The first failure ends it. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const run = async () => {
    while (next < items.length) {
      const at = next++
      const item = items[at]
      if (item !== undefined) results[at] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: width }, run))
  return results
}
