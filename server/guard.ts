import { env } from './env'
import { AppError } from './errors'

/** On every response. Pages get a stricter policy with a nonce (proxy.ts). */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

/** The policy of pages: own scripts, and scripts and styles that bear this request's nonce. Drawn elements set style attributes. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The name in a Host header, without its port, in lower case. */
const nameOf = (host: string): string => host.toLowerCase().replace(/:\d*$/, '')

/** Whether a Host header, or an address to listen on, names this machine alone. */
export const isLoopbackName = (host: string): boolean =>
  host === '::1' || loopback.has(nameOf(host)) || /^127(\.\d+){3}(:\d+)?$/.test(host)

/**
 * Refuses names that nobody configured: a page elsewhere whose DNS name was pointed at this machine
 * (DNS rebinding) comes with its own name. Throws AppError('forbidden').
 */
export function checkHost(host: string | null, configured: readonly string[]): void {
  const name = nameOf(host ?? '')
  if (loopback.has(name) || configured.some((known) => nameOf(known) === name)) return
  throw new AppError(
    'forbidden',
    `This console is not reached under this host name. Add the name to web.hosts in the configuration.`,
  )
}

/**
 * Refuses changes that a page elsewhere asks for. A browser says where a request comes from, in Origin and
 * Sec-Fetch-Site; a program that says neither is no page. A body must be JSON, which no form of another
 * site can send without asking first. `publicOrigin`: of web.url. Throws AppError('forbidden') or AppError('invalid').
 */
export function checkSameOrigin(headers: Headers, hasBody: boolean, publicOrigin = env().web.url): void {
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  if (
    (site !== null && site !== 'same-origin') ||
    (origin !== null && !isOwn(origin, headers.get('host')?.toLowerCase() ?? '', publicOrigin))
  )
    throw new AppError('forbidden', 'Changes are accepted from the pages of this console only.')
  if (hasBody && !/^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? ''))
    throw new AppError('invalid', 'Send the body as JSON, with content-type: application/json.')
}

/** Whether an origin is this console's: the configured one exactly, else that of the name by which it was asked. */
function isOwn(origin: string, host: string, publicOrigin: string | undefined): boolean {
  if (origin === publicOrigin) return true
  const other = publicOrigin === undefined || originHost(publicOrigin) !== host
  return other && originHost(origin) === host
}

/** Host and port of an origin; null for `null` and what is no address. */
const originHost = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)
