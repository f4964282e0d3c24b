import { writeAudit } from '@/server/audit'
import { cookieOf, sessionCookie, sessionTokenIn, viewAsCookie } from '@/server/auth/cookie'
import { sessionKeeper } from '@/server/auth/keeper'
import { type NewLogin, startSession } from '@/server/auth/sessions'
import { endSessions } from '@/server/db/access/end-sessions'
import { noteAdmin } from '@/server/db/access/note-admin'
import { readSession } from '@/server/db/access/read-session'
import { hashOf } from '@/server/link-token'
import { log } from '@/server/log'
import { loadRights } from '@/server/rights'
import { leadTo } from './step'
import type { Visit } from './visit'

/** Begins a session, always with a token of its own; one that the browser had ends. */
export async function enter(
  request: Request,
  visit: Visit,
  requestId: string,
  login: NewLogin,
  to: string,
): Promise<Response> {
  const keeper = sessionKeeper()
  const before = sessionTokenIn(request.headers)
  const { token, session, account } = await startSession(keeper, login, visit)
  if (before !== null) {
    const old = await readSession(keeper.pool, hashOf(before), Date.now(), 0)
    if (old) await endSessions(keeper.pool, { id: old.id })
  }
  const rights = await loadRights({ ...login.identity, id: account })
  if (login.provider !== null && rights.admin && (await noteAdmin(keeper.pool, account)))
    log.info({ account }, 'somebody who may do everything logged in by a provider: local logins are off from now on')
  await writeAudit({
    action: 'session.begun',
    actor: { account, name: login.identity.name },
    by: 'session',
    byId: session,
    target: login.provider ?? 'local',
    result: 'done',
    requestId,
    from: visit.address,
    agent: visit.agent,
  })
  // Somebody else's look at a team.
  return leadTo(to, [sessionCookie(token), cookieOf(viewAsCookie, null)])
}
