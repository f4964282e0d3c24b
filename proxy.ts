import { type NextRequest, NextResponse } from 'next/server'
import { pagePolicy } from '@/server/guard'

/** Gives each page its policy; it authorises nothing: that is done where data is read. All other headers are the front's. */
export function proxy(request: NextRequest): Response {
  const nonce = crypto.randomUUID()
  const policy = pagePolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  // Where a page leads back to that asks for a login (app/(console)/layout.tsx).
  request.nextUrl.searchParams.delete('_rsc')
  headers.set('x-oriel-path', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** Answers, probes and files have the policy that allows nothing. */
export const config = { matcher: '/((?!_next/|api/|healthz$|readyz$|icon\\.svg$).*)' }
