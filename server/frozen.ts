import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { frozenQuestion } from '@/core/links/frozen-question'
import { readFrozenAnswer } from '@/server/db/links/read-frozen-answer'
import { type Answer, toAnswer } from './answer'
import { database } from './database'
import { AppError } from './errors'
import { hashOf, isToken } from './link-token'
import type { AnyView } from './view'

const inflate = promisify(gunzip)
/** As large as an answer may be (server/answer.ts). */
const maxBytes = 64 * 1024 * 1024

/**
 * The answer of a view as a frozen link keeps it. The token is the permission: what is kept was within
 * the scope of who made the link. Throws AppError: `not_found` where the link is gone, `not_frozen` where
 * it keeps no answer to this, or one that this version cannot read.
 */
export async function frozenAnswer(view: AnyView, query: URLSearchParams, token: string): Promise<Answer> {
  const { key, from, to } = frozenQuestion(view.path, query)
  const place = { tokenHash: hashOf(token), question: hashOf(key), from, to }
  const found = isToken(token) ? await readFrozenAnswer(database(), place) : null
  if (!found) throw goneLink()
  if (!found.body)
    throw new AppError('not_frozen', 'This was not on the page when it was frozen, so it is not part of this view.')
  const value: unknown = JSON.parse((await inflate(found.body, { maxOutputLength: maxBytes })).toString('utf8'))
  if (!isReadable(view, value))
    throw new AppError('not_frozen', 'Another version of Oriel kept this part of the view; this one cannot show it.')
  return toAnswer(value)
}

/** Thrown for a link that leads nowhere: nobody learns whether it ever did. */
export const goneLink = (): AppError =>
  new AppError('not_found', 'This link leads nowhere: it was deleted, has expired, or was mistyped.')

/** Whether pages of this version know what to do with an answer; a field too many does no harm. */
function isReadable(view: AnyView, value: unknown): boolean {
  const parsed = view.answer.safeParse(value)
  return parsed.success || parsed.error.issues.every((issue) => issue.code === 'unrecognized_keys')
}
