import { readFileSync } from 'node:fs'
import { returnPath } from '@/core/access/return-path'
import { localAdministrator, logInLocally } from '@/server/auth/local-login'
import { LoginFailure } from '@/server/auth/login-failure'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { enter } from './enter'
import { checkOwnForm, readForm } from './forms'
import { checkEncrypted, leadTo, step } from './step'
import { loggedIn } from './who'

/** Takes the form of the login page: a one-time code, or the password of the Secret. */
export async function localRoute(request: Request): Promise<Response> {
  let to: string | null = null
  return step('login local', request, async (visit, requestId) => {
    checkEncrypted(visit, env().auth.allowHttp)
    checkOwnForm(request.headers, visit.origin)
    const form = await readForm(request)
    to = returnPath(form.get('to'))
    try {
      const { address } = visit
      await logInLocally(database(), { secret: form.get('secret') ?? '', password: adminPassword, address })
    } catch (thrown) {
      if (!(thrown instanceof LoginFailure)) throw thrown
      thrown.returnTo = to
      if (thrown.problem === 'wrong-password' && form.get('by') === 'link') throw asLink(thrown, to)
      // A link that is pressed again in the browser that it logged in already.
      if (thrown.problem === 'code-spent' && (await loggedIn(request.headers))) return leadTo(to)
      throw thrown
    }
    return enter(request, visit, requestId, { identity: localAdministrator, provider: null, loggedIn: null }, to)
  })
}

/** Who opened a link typed no password, so none is said to be wrong. */
function asLink(cause: LoginFailure, to: string | null): LoginFailure {
  const failure = new LoginFailure('link-wrong', undefined, { cause })
  failure.returnTo = to
  return failure
}

/** Read at each login, so that a Secret that was changed holds at once. null: none is set. Throws LoginFailure. */
function adminPassword(): string | null {
  const path = env().auth.adminPasswordFile
  if (path === undefined) return null
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new LoginFailure('password-unread', 'auth.adminPasswordFile cannot be read', { cause })
  }
}
