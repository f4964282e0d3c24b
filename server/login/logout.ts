import { writeAudit } from '@/server/audit'
import { sessionCookie, sessionTokenIn } from '@/server/auth/cookie'
import { sessionKeeper } from '@/server/auth/keeper'
import { logoutUrl } from '@/server/auth/oidc/logout'
import { opened } from '@/server/auth/sessions'
import { endSessions } from '@/server/db/access/end-sessions'
import { readSession, type SessionRow } from '@/server/db/access/read-session'
import { checkSameOrigin } from '@/server/guard'
import { respond } from '@/server/http'
import { hashOf } from '@/server/link-token'
import { announceAccess } from '@/server/rights'
import { loginPath } from './login-path'
import { type Visit, visitOf } from './visit'

/** Ends the session here, and says where the browser goes on to: the provider, which ends its own, or the login page. */
export const logoutRoute = (request: Request): Promise<Response> =>
  respond('logout', request, async (requestId) => {
    checkSameOrigin(request.headers, true)
    const visit = visitOf(request.headers)
    const token = sessionTokenIn(request.headers)
    const { pool } = sessionKeeper()
    const session = token === null ? null : await readSession(pool, hashOf(token), Date.now(), 0)
    if (session) {
      await endSessions(pool, { id: session.id })
      await announceAccess()
      await writeAudit({
        action: 'session.ended',
        actor: { account: session.account, name: session.name },
        by: 'session',
        byId: session.id,
        target: session.name,
        result: 'done',
        requestId,
        from: visit.address,
        agent: visit.agent,
      })
    }
    const to = (session && (await providerLogout(session, visit))) ?? loginPath('/')
    return Response.json({ to }, { headers: { 'cache-control': 'no-store', 'set-cookie': sessionCookie(null) } })
  })

async function providerLogout(session: SessionRow, { origin }: Visit): Promise<string | null> {
  const { keys, provider } = sessionKeeper()
  const chosen = session.provider === null ? null : provider(session.provider)
  const kept = chosen && opened(keys, session)
  return kept ? ((await logoutUrl(chosen, kept.idToken, `${origin}/login`))?.href ?? null) : null
}
