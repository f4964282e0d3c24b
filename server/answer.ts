import { createHash } from 'node:crypto'
import { AppError } from './errors'

const maxAnswerBytes = 64 * 1024 * 1024

/** An answer as it goes out. */
export type Answer = { readonly body: Uint8Array; readonly etag: string }

/** The JSON of a value, with a tag that tells it from another. */
export function toAnswer(value: unknown): Answer {
  const body = new TextEncoder().encode(JSON.stringify(value))
  if (body.length > maxAnswerBytes)
    throw new AppError(
      'too_large',
      'The answer is larger than 64 MB. Ask for a shorter window, fewer namespaces or a filter.',
    )
  return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}
