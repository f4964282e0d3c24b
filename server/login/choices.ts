import { hasRole } from '@/core/access/role-words'
import { localLoginIsOn } from '@/server/auth/local-login'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { isLoopbackName } from '@/server/guard'
import { visitOf } from './visit'
import { loggedIn } from './who'

/** What the login page offers to a browser. */
export async function loginChoices(headers: Headers) {
  const { providers, adminPasswordFile } = env().auth
  const [asker, isLocalOn] = await Promise.all([loggedIn(headers), localLoginIsOn(database())])
  const { isOpen, origin } = visitOf(headers)
  const kind = adminPasswordFile === undefined ? ('code' as const) : ('password' as const)
  return {
    providers: providers.map(({ id, title }) => ({ id, title })),
    local: isLocalOn ? kind : null,
    isHere: isLoopbackName(new URL(origin).host),
    isOpen,
    who: asker && { name: asker.account.name, hasRole: hasRole(asker.rights) },
  }
}
