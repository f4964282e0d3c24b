import { type NextRequest, NextResponse } from 'next/server'
import { checkHost, pagePolicy, securityHeaders } from '@/server/guard'
import { knownHosts } from '@/server/known-hosts'
import { newRequestId, problemResponse } from '@/server/problem'

/** Sets headers and refuses foreign host names; it authorises nothing: that is done where data is read. */
export function proxy(request: NextRequest): Response {
  const path = request.nextUrl.pathname
  // Probes come by the pod's address, and learn nothing but whether the process is well.
  if (path !== '/healthz' && path !== '/readyz') {
    try {
      checkHost(request.headers.get('host'), knownHosts())
    } catch (thrown) {
      return problemResponse(thrown, newRequestId(), securityHeaders)
    }
  }
  const nonce = crypto.randomUUID()
  const policy = pagePolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  for (const [header, value] of Object.entries(securityHeaders)) response.headers.set(header, value)
  response.headers.set('content-security-policy', policy)
  return response
}

/** Static files carry no policy: they are loaded by pages, which have one. */
export const config = { matcher: '/((?!_next/static/|_next/image).*)' }
