import { type Account, isLocal } from '@/core/access/account'
import { allRights, asMemberOf, limitRights, type Rights, type RightsLimit, rightsOf } from '@/core/access/rights'
import { forgetAccessFacts, loadAccessFacts } from './access-facts'
import { database } from './database'
import { notifyAccess } from './db/access/notify-access'
import { env } from './env'
import { loadKubernetesRights } from './kubernetes-rights'

/** What somebody may do now, up to half a minute old. Nobody may do anything by default. */
export async function loadRights(account: Account): Promise<Rights> {
  if (isLocal(account)) return allRights
  if (env().auth.mode === 'kubernetes') return loadKubernetesRights(account)
  const { grants, namespaces } = await loadAccessFacts()
  return rightsOf(account.groups, grants, namespaces)
}

/** The same rights, narrowed to what a member of one team has. */
export const narrowed = async (rights: Rights, team: string): Promise<Rights> =>
  asMemberOf(rights, team, (await loadAccessFacts()).namespaces)

/** The same rights, cut down to a role and to some teams. */
export const limited = async (rights: Rights, limit: RightsLimit): Promise<Rights> =>
  limitRights(rights, limit, (await loadAccessFacts()).namespaces)

/** Forgets what is kept of everybody's rights in this process. */
export const forgetRights = (): void => forgetAccessFacts()

/** Tells every web process that teams, roles or sessions were changed; this one knows it when the promise resolves. */
export async function announceAccess(): Promise<void> {
  forgetRights()
  await notifyAccess(database())
}
