import type { IncomingMessage } from 'node:http'
import { forbidden, unauthorized } from './status'

/** Who asks. */
export type Asker = { readonly user: string; readonly groups: readonly string[] }

/** Who the one token stands for: reads, and acts for people. */
export const account: Asker = {
  user: 'system:serviceaccount:oriel:oriel',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:oriel', 'system:authenticated'],
}

/** The people of the company. Their groups give rights: `shop:platform-admins` everywhere, `shop:team-…` in the team's namespaces. */
export const people = {
  platformAdmin: { user: 'platform-admin@shop.example', groups: ['shop:platform-admins'] },
  alice: { user: 'alice@shop.example', groups: ['shop:team-accounts'] },
  bob: { user: 'bob@shop.example', groups: ['shop:readers'] },
} as const satisfies Readonly<Record<string, Asker>>

/** Before the names of who logged in at the company's provider; the groups behind it are the company's. */
const loggedIn = 'oidc:'
const plain = (name: string) => (name.startsWith(loggedIn) ? name.slice(loggedIn.length) : name)

/** Somebody by user and groups, as the rules of the company know them. */
export const personOf = (user: string, groups: readonly string[]): Asker => ({ user, groups: groups.map(plain) })

const known: readonly Asker[] = Object.values(people)
const withoutHost = (user: string) => user.replace(/@shop\.example$/, '')

/** Who asks, by token, or by the headers of impersonation, for which the account must have the right. Throws StatusError 401, 403. */
export function askerOf(request: IncomingMessage, token: string): Asker {
  if (request.headers.authorization !== `Bearer ${token}`) throw unauthorized()
  const { 'impersonate-user': users = [], 'impersonate-group': groups = [] } = request.headersDistinct
  const [user] = users
  if (user === undefined) {
    if (groups.length > 0) throw forbidden(account.user, { verb: 'impersonate', group: '', resource: 'users' })
    return account
  }
  if (user.startsWith(loggedIn)) return personOf(user, [...groups, 'system:authenticated'])
  const person = known.find((one) => one.user === user || withoutHost(one.user) === user)
  if (!person) throw forbidden(account.user, { verb: 'impersonate', group: '', resource: 'users', name: user })
  const unknown = groups.find(
    (name) => name !== 'system:authenticated' && !known.some((one) => one.groups.includes(name)),
  )
  if (unknown !== undefined)
    throw forbidden(account.user, { verb: 'impersonate', group: '', resource: 'groups', name: unknown })
  // Who is named without groups has those that the company's directory knows.
  return { user, groups: [...(groups.length > 0 ? groups : person.groups), 'system:authenticated'] }
}
