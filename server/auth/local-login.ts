import { createHash, timingSafeEqual } from 'node:crypto'
import { localIssuer } from '@/core/access/account'
import type { Identity } from '@/core/access/identity'
import type { Pool } from '@/server/db/pool'
import { forgiveLoginFailures } from '@/server/db/access/forgive-login-failures'
import { readHasAdmin } from '@/server/db/access/read-has-admin'
import { useLoginCode } from '@/server/db/access/use-login-code'
import { hashOf, isToken } from '@/server/link-token'
import { LoginFailure } from './login-failure'
import { checkThrottle, mostFailures, noteFailure } from './logins'

/** Who has a code of this installation, or the password of its Secret. Sees and changes everything. */
export const localAdministrator: Identity = {
  issuer: localIssuer,
  subject: 'admin',
  name: 'the local administrator',
  email: null,
  groups: [],
}

/** Whether the local administrator may log in: until somebody who may do everything has logged in by a provider. */
export const localLoginIsOn = async (pool: Pool): Promise<boolean> => !(await readHasAdmin(pool))

/**
 * Lets the local administrator in by a one-time code or by what `password` gives (null: none is set), which is asked for
 * where there is no code. Throws LoginFailure. A code is not throttled, since nobody guesses 130 bits, so that who fails
 * on purpose keeps nobody out.
 */
export async function logInLocally(
  pool: Pool,
  {
    secret,
    password,
    address,
  }: { readonly secret: string; readonly password: () => string | null; readonly address: string },
  now = Date.now(),
): Promise<void> {
  const isOn = await localLoginIsOn(pool)
  const used = isToken(secret) ? await useLoginCode(pool, hashOf(secret), now, isOn) : 'unknown'
  if (used === 'accepted') return
  const keys = ['name:local', `from:${address}`]
  await checkThrottle(pool, keys, now)
  if (used === 'spent') throw new LoginFailure('code-spent')
  if (used === 'off') throw new LoginFailure('local-off')
  // Counted first, so that many who try at the same moment get no more tries than one after the other.
  await noteFailure(pool, keys, now)
  await checkThrottle(pool, keys, now, mostFailures + 1)
  const known = password()
  if (known !== null && isSame(secret, known)) {
    await forgiveLoginFailures(pool, keys)
    if (!isOn) throw new LoginFailure('local-off')
    return
  }
  throw new LoginFailure('wrong-password')
}

/** Takes the same time whatever differs, the length too. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))
const digest = (text: string) => createHash('sha256').update(text).digest()
