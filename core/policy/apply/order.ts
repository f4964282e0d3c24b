import { catalogueOf } from '../catalogue'
import { kindOf, policyKinds } from '../kinds'
import { emptyModel, type ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import type { PolicyChange } from '../policy-change'
import { readPolicy } from '../read-policy'

/**
 * The order in which changes are safe to make one after the other, as their numbers: what others refer to, then what
 * allows, then what also denies, then what only isolates; deletions last and the other way round, so that an isolation
 * goes before the allows that it needs, and what is referred to after who refers to it. Equal ones keep their order.
 */
export function orderOfChanges(changes: readonly PolicyChange[]): number[] {
  return changes
    .map((change, i) => ({ i, rank: rankOf(change) }))
    .toSorted((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ i }) => i)
}

const ranks = {
  reference: 0,
  allows: 1,
  mixed: 2,
  restricts: 3,
  deleteRestricting: 4,
  deleteOther: 5,
  deleteReference: 6,
} as const

function rankOf(change: PolicyChange): number {
  if (change.change === 'delete') return rankOfDeletion(change.ref)
  if (kindOf(change.object)?.onlyReferredTo || definesTier(change.object)) return ranks.reference
  return ranks[whatItDoes(change.object)]
}

/** Only its name is known, so kinds that exist to restrict go first and kinds that are referred to last. */
function rankOfDeletion({ group, kind }: PolicyRef): number {
  const known = policyKinds.find((one) => one.group === group && one.kind === kind)
  if (known?.onlyReferredTo || kind === 'Tier') return ranks.deleteReference
  return kind === 'Server' || kind === 'PeerAuthentication' ? ranks.deleteRestricting : ranks.deleteOther
}

const nothingElse = catalogueOf(emptyModel)

const definesTier = (object: ModelObject): boolean => (readPolicy(object, nothingElse).policy?.tiers.length ?? 0) > 0

/** What an object does by itself: a policy that isolates and allows counts as allowing, one that also denies as mixed. What cannot be read may do anything, so it comes late. */
function whatItDoes(object: ModelObject): 'allows' | 'mixed' | 'restricts' {
  const { policy, unread } = readPolicy(object, nothingElse)
  if (!policy || unread) return 'restricts'
  if (policy.mode === 'staged') return 'allows'
  const actions = new Set(policy.blocks.flatMap(({ rules }) => rules.map(({ action }) => action)))
  const isolates = policy.blocks.some((block) => block.isolates && block.rules.length === 0)
  const denies = actions.has('deny') || actions.has('unknown') || actions.has('ask')
  if (actions.has('allow') || actions.has('pass')) return denies || isolates ? 'mixed' : 'allows'
  return denies || policy.blocks.some((block) => block.isolates) ? 'restricts' : 'allows'
}
