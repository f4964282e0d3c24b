import { checkThrottle, noteFailure, openLogin } from '@/server/auth/logins'
import { isSessionToken, newSessionToken } from '@/server/auth/session-token'
import { cookieIn, cookieOf, sessionCookieName } from '@/server/auth/cookie'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { loginsOf } from './providers'
import { checkEncrypted, leadTo, step } from './step'

/** As long as a login may take. */
const pendingMs = 600_000
/** Begun in five minutes from one address: that of a whole company, perhaps. */
const mostBegun = 2_000

/** Cookie of a browser that has logins under way. */
export const pendingCookieName = (): string => `${sessionCookieName()}-login`

type Context = { readonly params: Promise<{ readonly provider: string }> }

/** Sends a browser to a provider. A browser keeps one secret for all logins that it has under way, in however many tabs. */
export function beginRoute(request: Request, { params }: Context): Promise<Response> {
  // A picture or a script of another page, which nobody would see the login of; old browsers do not say.
  const mode = request.headers.get('sec-fetch-mode')
  if (mode !== null && mode !== 'navigate') return Promise.resolve(new Response(null, { status: 400 }))
  const to = new URL(request.url).searchParams.get('to')
  return step(
    'login begin',
    request,
    async (visit) => {
      checkEncrypted(visit, env().auth.allowHttp)
      const key = `begin:${visit.address}`
      await checkThrottle(database(), [key], Date.now(), mostBegun)
      await noteFailure(database(), [key])
      const known = cookieIn(request.headers, pendingCookieName())
      const browser = known !== null && isSessionToken(known) ? known : newSessionToken()
      const { provider } = await params
      const url = await openLogin(loginsOf(visit), { provider, returnTo: to, browser })
      return leadTo(url.href, [cookieOf(pendingCookieName(), browser, pendingMs)])
    },
    to,
  )
}
