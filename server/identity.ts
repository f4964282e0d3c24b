import { type Account, isLocal } from '@/core/access/account'
import { clusterIdentity, type IdentityProblem } from '@/core/access/cluster-identity'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import { loadAccessFacts } from './access-facts'
import { env } from './env'

/**
 * As whom clusters are asked for somebody. `as` null: as the account of the kubeconfig. `off`: nobody is named, with a
 * sentence why, which never means that account.
 */
export type ClusterIdentity = { readonly as: ActedAs | null } | { readonly off: string }

/** As whom somebody acts in clusters: the local administrator as kubernetes.actAs says, everybody else as themselves. */
export const actedAs = async (account: Account): Promise<ClusterIdentity> =>
  isLocal(account) ? localIdentity() : identityOf(account)

function localIdentity(): ClusterIdentity {
  const { actAs } = env().kubernetes
  return actAs === undefined || actAs === 'own' ? sameIdentity(null) : { as: actAs }
}

/** As whom a change was made, where what became of it is looked up; the kubeconfig's account only while kubernetes.actAs says `own`. */
export function sameIdentity(as: ActedAs | null): ClusterIdentity {
  return as !== null || env().kubernetes.actAs === 'own' ? { as } : offAltogether
}

const offAltogether: ClusterIdentity = {
  off: 'Changing policies is turned off: nobody is named to act as. Set kubernetes.actAs (ORIEL_ACT_AS) to a user and groups to act as, or to “own” for the account of the kubeconfig.',
}

async function identityOf({ issuer, subject, groups }: Account): Promise<ClusterIdentity> {
  const { kubernetes, auth } = env()
  const provider = auth.providers.find((one) => one.issuer === issuer)
  if (!provider) return { off: 'The provider that you logged in with is none of this console any more. Log in again.' }
  const made = clusterIdentity(
    { subject, groups },
    {
      userPrefix: kubernetes.userPrefix.replaceAll('{provider}', provider.id),
      groupsPrefix: kubernetes.groupsPrefix.replaceAll('{provider}', provider.id),
      groups: kubernetes.groups ?? (auth.mode === 'kubernetes' ? null : await groupsWithRights()),
      sharedUser: kubernetes.sharedUser ?? null,
    },
  )
  return 'problem' in made ? { off: problems[made.problem] } : { as: made }
}

const problems: Readonly<Record<IdentityProblem, string>> = {
  system: 'Your name is one that clusters keep for themselves, so this console does not act as you.',
  characters: 'Your name at the provider has characters that cannot be told to a cluster.',
  'too-long': 'Your name at the provider is too long to be told to a cluster.',
  'too-many-groups':
    'You are in more groups than can be told to a cluster. Who runs Oriel can name those that count in kubernetes.groups.',
}

/** Groups that teams and roles name: the others say nothing here, so clusters need not hear of them. */
async function groupsWithRights(): Promise<string[]> {
  const { grants } = await loadAccessFacts()
  return grants.flatMap(({ groups }) => groups).filter((name) => !name.includes('*'))
}
