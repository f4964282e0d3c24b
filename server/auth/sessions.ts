import type { Identity } from '@/core/access/identity'
import { systemEvent } from '@/core/audit/event'
import { clean } from '@/core/text/text'
import { claimRefresh, releaseRefresh } from '@/server/db/sources/claim-refresh'
import { endSessions } from '@/server/db/access/end-sessions'
import type { Pool } from '@/server/db/pool'
import { readSession, type SessionRow } from '@/server/db/access/read-session'
import { refreshSession } from '@/server/db/access/refresh-session'
import { rotateSession } from '@/server/db/access/rotate-session'
import { touchSession } from '@/server/db/access/touch-session'
import { writeAccount } from '@/server/db/access/write-account'
import { writeSession } from '@/server/db/access/write-session'
import { writeAudit } from '@/server/audit'
import { toError } from '@/server/errors'
import { hashOf } from '@/server/link-token'
import { log } from '@/server/log'
import { LoginFailure } from './login-failure'
import type { LoggedIn } from './oidc/tokens'
import type { Provider } from './oidc/provider'
import { refreshLogin } from './oidc/refresh-login'
import { newSessionToken } from './session-token'
import { seal, type SealKeys, unseal } from './seal'

/** How long sessions live, in milliseconds. */
export type SessionLimits = {
  /** Without a request. */
  readonly idleMs: number
  /** Whatever happens. */
  readonly absoluteMs: number
  /** After which the provider is asked whether the login still stands. */
  readonly refreshMs: number
  /** After which its token is changed, so that one that was copied somewhere is soon of no use. */
  readonly rotateMs: number
}

export type SessionKeeper = {
  readonly pool: Pool
  readonly limits: SessionLimits
  readonly keys: SealKeys
  readonly provider: (id: string) => Provider | null
}

/** `token`: one that the browser is to have from now on; null: the one that it has. */
export type Kept = { readonly session: SessionRow; readonly token: string | null }

/** Requests under way carry the token of before. */
const overlapMs = 60_000
/** Noted at most so often: a page asks several times a second. */
const touchMs = 60_000
/** A session of which the provider cannot be asked again is not kept longer than a day of work. */
const unaskedMs = 12 * 3_600_000
/** A provider that is away may stay away so long before its sessions end. */
const graceMs = 3_600_000

/** Somebody who proved who they are. `provider` null: without one. */
export type NewLogin = {
  readonly identity: Identity
  readonly provider: string | null
  readonly loggedIn: LoggedIn | null
}

/** Whether its provider cannot be asked again whether the login still stands. */
const isUnasked = ({ loggedIn }: NewLogin): boolean => loggedIn !== null && loggedIn.refreshToken === null

/** Begins a session for who logged in; of its token, which the browser keeps, only the hash is kept here. */
export async function startSession(
  { pool, limits, keys }: SessionKeeper,
  login: NewLogin,
  from: { readonly address: string; readonly agent: string },
  now = Date.now(),
): Promise<{ readonly token: string; readonly session: number; readonly account: number }> {
  const token = newSessionToken()
  const account = await writeAccount(pool, login.identity)
  const id = await writeSession(pool, {
    tokenHash: hashOf(token),
    account,
    provider: login.provider,
    providerSession: login.loggedIn?.providerSession ?? null,
    endsAt: now + (isUnasked(login) ? Math.min(limits.absoluteMs, unaskedMs) : limits.absoluteMs),
    address: clean(from.address, 64),
    agent: clean(from.agent, 300),
  })
  if (login.loggedIn) await refreshSession(pool, id, sealed(keys, id, login.loggedIn), now)
  return { token, session: id, account }
}

/**
 * The session of a token, kept in step with its provider; null: there is none any more. `mayRotate`: its token is
 * changed when that is due, and the answer must carry the new one.
 */
export async function keepSession(
  keeper: SessionKeeper,
  token: string,
  { mayRotate = true, now = Date.now() }: { readonly mayRotate?: boolean; readonly now?: number } = {},
): Promise<Kept | null> {
  const { pool, limits } = keeper
  const found = await readSession(pool, hashOf(token), now, now - limits.idleMs)
  if (!found) return null
  const session = await refreshed(keeper, found, now)
  if (!session) return null
  if (mayRotate && session.isLatest && now - session.rotatedAt > limits.rotateMs) {
    const next = newSessionToken()
    const hashes = { from: hashOf(token), to: hashOf(next) }
    if (await rotateSession(pool, session.id, hashes, now, now + overlapMs)) return { session, token: next }
  } else if (now - session.seenAt > touchMs) await touchSession(pool, session.id, now)
  return { session, token: null }
}

/** Asks the provider again when that is due. null: the provider ended it, or was away for too long. */
async function refreshed(keeper: SessionKeeper, session: SessionRow, now: number): Promise<SessionRow | null> {
  const { pool, limits, keys } = keeper
  if (session.provider === null || now - session.refreshedAt < limits.refreshMs) return session
  const provider = keeper.provider(session.provider)
  const kept = provider && opened(keys, session)
  // A provider that was taken out of the configuration, or a key that is gone: nobody vouches for it any more.
  if (!provider || !kept) return end(keeper, session, 'its provider or the key of its secrets is gone')
  // Without a refresh token nothing can be asked; its limit ends it.
  if (kept.refreshToken === null) return session
  const mayWait = now - session.refreshedAt < limits.refreshMs + graceMs
  if (mayWait && isKnownAway(provider, now)) return session
  // Somebody else is asking just now.
  if (!(await claimRefresh(pool, session.id, now, now - limits.refreshMs))) return session
  try {
    const after = await refreshLogin(provider, {
      ...kept,
      identity: session,
      providerSession: session.providerSession,
      refreshToken: kept.refreshToken,
    })
    await writeAccount(pool, after.identity)
    await refreshSession(pool, session.id, sealed(keys, session.id, after), now)
    return { ...session, ...after.identity, refreshedAt: now }
  } catch (thrown) {
    const away = thrown instanceof LoginFailure && thrown.problem === 'provider-away'
    if ((away || isOwnFault(thrown)) && mayWait) {
      if (away) awaySince.set(provider, now)
      else log.error({ err: thrown, provider: session.provider }, 'a login provider could not be asked')
      await releaseRefresh(pool, session.id, session.refreshedAt)
      return session
    }
    return end(keeper, session, toError(thrown).message)
  }
}

/** What is wrong here says nothing of whether the login stands. */
const isOwnFault = (thrown: unknown): boolean => !(thrown instanceof LoginFailure) || thrown.cause instanceof TypeError

/** Providers that did not answer, and when: not every request shall wait for one. */
const awaySince = new WeakMap<Provider, number>()
const askAgainMs = 30_000

function isKnownAway(provider: Provider, now: number): boolean {
  const since = awaySince.get(provider)
  return since !== undefined && now >= since && now - since < askAgainMs
}

async function end({ pool }: SessionKeeper, { id, account, name }: SessionRow, reason: string): Promise<null> {
  await endSessions(pool, { id })
  await writeAudit({ ...systemEvent, action: 'session.ended', target: name, reason, actor: { account, name } })
  return null
}

type Secrets = Pick<LoggedIn, 'idToken' | 'refreshToken'>

const sealed = (keys: SealKeys, id: number, { idToken, refreshToken }: Secrets): Uint8Array =>
  seal(JSON.stringify({ idToken, refreshToken }), `session ${id}`, keys)

/** What the provider gave; null where it cannot be opened. */
export function opened(keys: SealKeys, { id, secrets }: Pick<SessionRow, 'id' | 'secrets'>): Secrets | null {
  const text = secrets && unseal(secrets, `session ${id}`, keys)
  if (!text) return null
  const { idToken, refreshToken }: Secrets = JSON.parse(text)
  return { idToken, refreshToken }
}
