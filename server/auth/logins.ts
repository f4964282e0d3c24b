import { returnPath } from '@/core/access/return-path'
import { countLoginFailure } from '@/server/db/access/count-login-failure'
import type { Pool } from '@/server/db/pool'
import { readLoginFailures } from '@/server/db/access/read-login-failures'
import { takePendingLogin } from '@/server/db/access/take-pending-login'
import { writePendingLogin } from '@/server/db/access/write-pending-login'
import { hashOf } from '@/server/link-token'
import { LoginFailure } from './login-failure'
import { beginLogin } from './oidc/begin-login'
import { finishLogin } from './oidc/finish-login'
import type { Provider } from './oidc/provider'
import type { LoggedIn } from './oidc/tokens'

/** A login must be done with within ten minutes. */
const pendingMs = 600_000
const throttleMs = 300_000
/** Of a name or an address, within `throttleMs`. */
export const mostFailures = 5

export type Logins = {
  readonly pool: Pool
  readonly provider: (id: string) => Provider | null
  /** Address that a provider sends browsers back to, by the provider's id. */
  readonly redirectUri: (provider: string) => string
}

/**
 * Where to send a browser that wants to log in. `browser`: what its cookie says until the login is done; whoever
 * brings the answer must have it, so nobody is logged in by another's link. Throws LoginFailure.
 */
export async function openLogin(
  { pool, provider, redirectUri }: Logins,
  asked: { readonly provider: string; readonly returnTo: string | null; readonly browser: string },
  now = Date.now(),
): Promise<URL> {
  const chosen = provider(asked.provider)
  if (!chosen) throw new LoginFailure('unknown-provider')
  const { url, pending } = await beginLogin(chosen, {
    redirectUri: redirectUri(asked.provider),
    returnTo: returnPath(asked.returnTo),
  })
  const row = {
    stateHash: hashOf(pending.state),
    browserHash: hashOf(asked.browser),
    provider: pending.provider,
    nonce: pending.nonce,
    verifier: pending.verifier,
    returnTo: pending.returnTo,
  }
  await writePendingLogin(pool, row, now + pendingMs)
  return url
}

/** Takes what a provider sent back by way of a browser: each login once, at the provider that it was begun with. Throws LoginFailure. */
export async function closeLogin(
  { pool, provider }: Logins,
  came: { readonly provider: string; readonly url: URL; readonly browser: string | null },
  now = Date.now(),
): Promise<{ readonly loggedIn: LoggedIn; readonly returnTo: string }> {
  const state = came.url.searchParams.get('state') ?? ''
  const pending = await takePendingLogin(pool, hashOf(state), hashOf(came.browser ?? ''))
  if (!pending || came.browser === null || !pending.isOwn) throw new LoginFailure('other-browser')
  const { endsAt, nonce, verifier, returnTo } = pending
  try {
    if (endsAt <= now) throw new LoginFailure('expired')
    const chosen = provider(pending.provider)
    if (!chosen || pending.provider !== came.provider)
      throw new LoginFailure('token-invalid', 'the answer came to the address of another provider')
    const begun = { provider: pending.provider, state, nonce, verifier, returnTo }
    return { loggedIn: await finishLogin(chosen, begun, came.url), returnTo }
  } catch (thrown) {
    if (thrown instanceof LoginFailure) thrown.returnTo = returnTo
    throw thrown
  }
}

/** Throws LoginFailure('throttled') where one of these (a name, an address) failed too often within five minutes. */
export async function checkThrottle(
  pool: Pool,
  keys: readonly string[],
  now = Date.now(),
  most = mostFailures,
): Promise<void> {
  if ((await readLoginFailures(pool, keys, now - throttleMs)) >= most) throw new LoginFailure('throttled')
}

/** Counts a failure of each. */
export async function noteFailure(pool: Pool, keys: readonly string[], now = Date.now()): Promise<void> {
  for (const key of keys) await countLoginFailure(pool, key, now, now - throttleMs)
}
