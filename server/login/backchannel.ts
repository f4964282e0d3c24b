import { checkThrottle, noteFailure } from '@/server/auth/logins'
import { readLogoutToken } from '@/server/auth/oidc/logout'
import { writeAudit } from '@/server/audit'
import { providerOf } from '@/server/auth/providers'
import { database } from '@/server/database'
import { endSessions } from '@/server/db/access/end-sessions'
import { inTransaction } from '@/server/db/pool'
import { writeLogoutNotice } from '@/server/db/access/write-logout-notice'
import { AppError, toError } from '@/server/errors'
import { respond } from '@/server/http'
import { log } from '@/server/log'
import { LoginFailure } from '@/server/auth/login-failure'
import { announceAccess } from '@/server/rights'
import { readForm } from './forms'
import { visitOf } from './visit'

type Context = { readonly params: Promise<{ readonly provider: string }> }

const mostRefused = 20

/** A provider says that a session, or all of an account, ended there (OpenID Connect Back-Channel Logout 1.0, 2.5). Each token counts once. */
export const backchannelRoute = (request: Request, { params }: Context): Promise<Response> =>
  respond('logout backchannel', request, async (requestId) => {
    const { address, agent } = visitOf(request.headers)
    const key = `backchannel:${address}`
    try {
      const id = (await params).provider
      const provider = providerOf(id)
      if (!provider) throw new Error(`there is no provider ${id}`)
      const notice = await readLogoutToken(provider, (await readForm(request)).get('logout_token') ?? '')
      const ended = await inTransaction(database(), async (connection) => {
        if (!(await writeLogoutNotice(connection, notice.issuer, notice.id, notice.until)))
          throw new Error('the logout token was used before')
        const { issuer, subject, providerSession } = notice
        return endSessions(connection, { issuer, subject, providerSession })
      })
      await announceAccess()
      await writeAudit({
        action: 'logout.told',
        actor: { account: null, name: provider.config.title },
        by: 'system',
        target: notice.subject ?? notice.providerSession ?? '',
        after: { sessions: ended },
        result: 'done',
        requestId,
        from: address,
        agent,
      })
      return answer(200)
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'unavailable') throw thrown
      // What a provider tells is never refused for what strangers told from the same address, as behind a proxy.
      if (await isThrottled(key)) return answer(429, 'throttled')
      await noteFailure(database(), [key])
      log.warn({ error: toError(thrown).message, address }, 'a logout token is refused')
      return answer(400, 'invalid_request')
    }
  })

const isThrottled = (key: string): Promise<boolean> =>
  checkThrottle(database(), [key], Date.now(), mostRefused).then(
    () => false,
    (thrown: unknown) => {
      if (thrown instanceof LoginFailure) return true
      throw thrown
    },
  )

const answer = (status: number, error?: string) =>
  error === undefined
    ? new Response(null, { status, headers: { 'cache-control': 'no-store' } })
    : Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } })
