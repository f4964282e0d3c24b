import { clientAddress } from '@/server/client-address'
import { env } from '@/server/env'
import { isLoopbackName } from '@/server/guard'

/** A browser that comes to log in or out, and what is known of it. */
export type Visit = {
  /** Origin that the browser knows the console by. */
  readonly origin: string
  /** Whether what is sent can be read on its way. */
  readonly isOpen: boolean
  readonly address: string
  readonly agent: string
}

/** Reads it off a request whose Host header was checked (server/guard.ts). */
export function visitOf(headers: Headers): Visit {
  const { web, auth } = env()
  const origin = new URL(web.url ?? `http://${headers.get('host') ?? 'localhost'}`)
  return {
    origin: origin.origin,
    isOpen: origin.protocol === 'http:' && !isLoopbackName(origin.host),
    address: clientAddress(headers, auth.trustedProxies),
    agent: headers.get('user-agent') ?? '',
  }
}
