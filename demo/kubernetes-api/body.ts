import type { IncomingMessage } from 'node:http'
import { parse } from 'yaml'
import { type Fields, isFields } from '@/core/policy/read'
import { badRequest, StatusError, unsupportedMediaType } from './status'

const maxBytes = 3 * 2 ** 20

/** The object in a request's body, as JSON or YAML; {} where there is none. Throws StatusError. */
export async function readBody(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new StatusError(413, 'RequestEntityTooLarge', `limit is ${maxBytes}`)
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  if (text.trim() === '') return {}
  const value = parsed(text)
  if (!isFields(value)) throw badRequest('the body of the request is no object')
  return value
}

function parsed(text: string): unknown {
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text)
  } catch (error) {
    throw badRequest(`error decoding: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export type PatchType = 'apply' | 'merge'

const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/apply-patch+yaml': 'apply',
  'application/merge-patch+json': 'merge',
  // Lists of policies have no merge keys, so that both say the same.
  'application/strategic-merge-patch+json': 'merge',
}

/** Throws StatusError 415. */
export function patchTypeOf({ headers }: IncomingMessage): PatchType {
  const given = headers['content-type']?.split(';')[0]?.trim() ?? ''
  const type = Object.hasOwn(patchTypes, given) ? patchTypes[given] : undefined
  if (!type) throw unsupportedMediaType(given)
  return type
}

/** JSON merge patch (RFC 7386). */
export function merged(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch
  const next: Record<string, unknown> = { ...(isFields(target) ? target : {}) }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete next[name]
    else next[name] = merged(Object.hasOwn(next, name) ? next[name] : undefined, value)
  }
  return next
}
