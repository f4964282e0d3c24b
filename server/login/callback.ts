import { closeLogin } from '@/server/auth/logins'
import { cookieIn } from '@/server/auth/cookie'
import { env } from '@/server/env'
import { pendingCookieName } from './begin'
import { enter } from './enter'
import { loginsOf } from './providers'
import { checkEncrypted, step } from './step'

type Context = { readonly params: Promise<{ readonly provider: string }> }

/** Where a provider sends browsers back to. */
export const callbackRoute = (request: Request, { params }: Context): Promise<Response> =>
  step('login callback', request, async (visit, requestId) => {
    checkEncrypted(visit, env().auth.allowHttp)
    const { provider } = await params
    const { pathname, search } = new URL(request.url)
    const { loggedIn, returnTo } = await closeLogin(loginsOf(visit), {
      provider,
      // As the browser knows the address: behind a proxy this process knows another.
      url: new URL(`${pathname}${search}`, visit.origin),
      browser: cookieIn(request.headers, pendingCookieName()),
    })
    return enter(request, visit, requestId, { identity: loggedIn.identity, provider, loggedIn }, returnTo)
  })
