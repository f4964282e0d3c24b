import type { Account } from '@/core/access/account'
import type { Asker } from '@/core/access/asker'
import { askerOfApiToken } from './auth/api-tokens'
import { cookieIn, sessionCookie, sessionTokenIn, viewAsCookie } from './auth/cookie'
import { sessionKeeper } from './auth/keeper'
import { keepSession } from './auth/sessions'
import { clientAddress } from './client-address'
import { env } from './env'
import { AppError } from './errors'
import { loadRights, narrowed } from './rights'

/** Who asks, and the Set-Cookie that the answer must carry; null: none. */
export type Admission = { readonly asker: Asker; readonly cookie: string | null }

const maxTeamName = 63

/**
 * Who a request of the API is from, by the session of a browser or the token of a program. The token of a session is
 * changed when that is due. Throws AppError('unauthenticated') for everybody else.
 */
export const admit = (headers: Headers): Promise<Admission> => admission(headers, true)

/** The same for who cannot send a cookie: pages, streams that go on. */
export const askerOf = async (headers: Headers): Promise<Asker> => (await admission(headers, false)).asker

async function admission(headers: Headers, mayRotate: boolean): Promise<Admission> {
  const authorization = headers.get('authorization')
  // A program that shows a token is never taken for the browser whose cookie may come with it.
  if (authorization !== null) {
    const asker = await askerOfApiToken(authorization, { from: clientAddress(headers, env().auth.trustedProxies) })
    if (asker) return { asker, cookie: null }
    throw nobody()
  }
  const token = sessionTokenIn(headers)
  if (token === null) throw nobody()
  const kept = await keepSession(sessionKeeper(), token, { mayRotate })
  if (!kept) throw nobody()
  const { session } = kept
  const { issuer, subject, name, groups } = session
  const account = { id: session.account, issuer, subject, name, groups }
  const asker = await viewedAs(headers, account, { session: session.id })
  return { asker, cookie: kept.token === null ? null : sessionCookie(kept.token) }
}

async function viewedAs(headers: Headers, account: Account, by: Asker['by']): Promise<Asker> {
  const rights = await loadRights(account)
  const team = teamName(cookieIn(headers, viewAsCookie))
  if (team === null) return { account, rights, by, viewAs: null }
  return { account, rights: await narrowed(rights, team), by, viewAs: team }
}

function teamName(text: string | null): string | null {
  if (text === null || text === '' || text.length > maxTeamName * 9) return null
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const nobody = () => new AppError('unauthenticated', 'Nobody is logged in here. Log in, or send a token.')
