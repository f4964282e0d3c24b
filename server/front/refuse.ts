import type { IncomingMessage } from 'node:http'
import { AppError } from '@/server/errors'
import { checkHost } from '@/server/guard'
import { MethodError, nothingThere } from '@/server/problem'
import { methodsOf } from './api-methods'

/** Longer than any query that the API takes; of path and query together. */
const maxTarget = 10_000
const maxBody = 1024 * 1024

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const changing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** Where something is changed. Pages are only read: Next would take a POST to one for a form of its own. */
const changeable = /^\/((api|login)\/|logout$)/
const dots = /(^|[/\\])(\.|%2e){1,2}([/\\]|$)/i
const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/**
 * Throws AppError for what nobody honest asks, before anything else looks at it: an address that means another than it
 * says, other methods, WebSockets, bodies where none belong, forms with files, names that nobody configured.
 */
export function refuse(request: IncomingMessage, hosts: readonly string[]): void {
  const { url: target = '', headers } = request
  const method = request.method ?? ''
  if (target.length > maxTarget)
    throw new AppError('address_too_long', `The address is longer than ${maxTarget} characters; name fewer things.`)
  const [path = ''] = target.split('?', 1)
  if (!isPlain(path)) throw new AppError('invalid', 'This is no path of this console.')
  if (!probes.has(path)) checkHost(headers.host ?? null, hosts)
  const allowed = methodsOf(path) ?? (changeable.test(path) ? null : [...reading])
  if (allowed !== null && !allowed.includes(method)) throw new MethodError(method, allowed)
  if (!reading.has(method) && !changing.has(method))
    throw new AppError('method_not_allowed', 'This method is not for this path.')
  if (allowed === null && changing.has(method) && path.startsWith('/api/')) throw nothingThere()
  if (/websocket/i.test(headers.upgrade ?? ''))
    throw new AppError('invalid', 'There are no WebSockets here; live events are at /api/v1/live.')
  if (headers['next-action'] !== undefined || /^multipart\//i.test(headers['content-type'] ?? ''))
    throw new AppError('invalid', 'Forms are not taken. Send JSON.')
  const length = Number(headers['content-length'] ?? 0)
  if (reading.has(method) && (length > 0 || headers['transfer-encoding'] !== undefined))
    throw new AppError('invalid', 'A request that reads has no body.')
  if (length > maxBody) throw new AppError('too_large', 'The body is larger than 1 MB.')
}

/** Whether a path says where it leads: from the root, without dots to climb by, backslashes and broken escapes. */
function isPlain(path: string): boolean {
  if (!path.startsWith('/') || path.startsWith('//') || path.includes('\\') || dots.test(path)) return false
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(path))
  } catch {
    return false
  }
}
