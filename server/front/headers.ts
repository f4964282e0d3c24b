import { env } from '@/server/env'
import { securityHeaders } from '@/server/guard'

/** A worker's script brings the policy that the worker lives under; files of the build ask for nothing but each other. */
const filePolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
const strictTransport = 'max-age=31536000'

/** What every answer bears that does not say otherwise itself. `target`: path and query of the request. */
export const headersFor = (target: string): Readonly<Record<string, string>> => ({
  ...securityHeaders,
  ...(target.startsWith('/_next/static/') && { 'content-security-policy': filePolicy }),
  ...(env().web.url?.startsWith('https:') && { 'strict-transport-security': strictTransport }),
  'cache-control': 'no-store',
})
