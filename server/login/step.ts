import { returnPath } from '@/core/access/return-path'
import { LoginFailure } from '@/server/auth/login-failure'
import { writeAudit } from '@/server/audit'
import { toError } from '@/server/errors'
import { respond } from '@/server/http'
import { log } from '@/server/log'
import { loginPath } from './login-path'
import { type Visit, visitOf } from './visit'

/**
 * A step of a login: whatever goes wrong leads back to the login page, which says it in its own words, and is in the
 * audit. `to`: where the login leads, as far as it is known.
 */
export const step = (
  name: string,
  request: Request,
  run: (visit: Visit, requestId: string) => Promise<Response>,
  to: string | null = null,
): Promise<Response> =>
  respond(name, request, async (requestId) => {
    const visit = visitOf(request.headers)
    try {
      return await run(visit, requestId)
    } catch (thrown) {
      if (!(thrown instanceof LoginFailure)) throw thrown
      const { problem, message, cause, returnTo } = thrown
      log.warn({ requestId, problem, message, cause: cause && toError(cause).message }, 'a login did not succeed')
      await writeAudit({
        action: 'session.begun',
        actor: { account: null, name: '' },
        by: 'local',
        target: new URL(request.url).pathname,
        result: 'refused',
        reason: `${problem}: ${message}`,
        requestId,
        from: visit.address,
        agent: visit.agent,
      })
      return leadTo(loginPath(returnPath(returnTo ?? to), problem))
    }
  })

/** Throws LoginFailure where whoever listens could take the session: plain HTTP beyond this machine, unless that is configured. */
export function checkEncrypted({ isOpen }: Visit, allowHttp: boolean): void {
  if (isOpen && !allowHttp) throw new LoginFailure('not-encrypted')
}

/** Sends a browser on, with GET. */
export function leadTo(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
