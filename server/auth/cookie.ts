import { env } from '@/server/env'
import { isSessionToken } from './session-token'

const maxCookieBytes = 16_384

/** Whether people reach the console by TLS; then its cookies go over TLS only. */
const isSecure = (): boolean => env().web.url?.startsWith('https:') ?? false

/** `__Host-` binds a cookie to this very host. Cookies do not know ports, so without TLS the name holds it. */
export const sessionCookieName = (): string => (isSecure() ? '__Host-oriel' : `oriel-${env().web.port}`)

/** Cookie of the team as whose member somebody looks on. It is no secret, and only takes rights away. */
export const viewAsCookie = 'oriel-view-as'

/** The Set-Cookie of a cookie that scripts cannot read; without a value it goes away. Lax: a provider sends people back from its own site. */
export function cookieOf(name: string, value: string | null, maxAgeMs = env().auth.session.longest): string {
  const age = value === null ? 0 : Math.floor(maxAgeMs / 1000)
  return `${name}=${value ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${isSecure() ? '; Secure' : ''}`
}

/** The Set-Cookie of a session. */
export const sessionCookie = (token: string | null): string => cookieOf(sessionCookieName(), token)

/** A cookie that came with a request; null where there is none. */
export function cookieIn(headers: Headers, name: string): string | null {
  const all = headers.get('cookie') ?? ''
  if (all.length > maxCookieBytes) return null
  for (const part of all.split(';')) {
    const cut = part.indexOf('=')
    if (cut > 0 && part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim()
  }
  return null
}

/** The token of a session; null where none came, or what came is none. */
export function sessionTokenIn(headers: Headers): string | null {
  const token = cookieIn(headers, sessionCookieName())
  return token !== null && isSessionToken(token) ? token : null
}
