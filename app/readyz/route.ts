import { securityHeaders } from '@/server/guard'
import { readiness } from '@/server/health'

/** 200 when database and schema are there, else 503 that names what is missing. */
export const GET = async (_request: Request) => {
  const answer = await readiness()
  return Response.json(answer, {
    status: answer.ready ? 200 : 503,
    headers: { ...securityHeaders, 'cache-control': 'no-store' },
  })
}
