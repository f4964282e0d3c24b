import { securityHeaders } from '@/server/guard'

/** The process answers; it says nothing of what it needs. */
export const GET = (_request: Request) => new Response('ok\n', { headers: securityHeaders })
