import { clean } from '@/collectors/kit/text'
import { sorted } from './canonical'
import type { FlowKey, PolicyHit } from './flow'

const maxReason = 100

/** What denied the flow: `tier/namespace/name`, or the end of a tier with the policy that drew the endpoint into it. */
export function denialOf(key: FlowKey): string {
  const hits = sorted(key.enforced).filter((hit) => hit.action === 'Deny')
  const deciding = hits.at(-1)
  return clean(deciding ? describe(deciding) : 'denied', maxReason)
}

function describe(hit: PolicyHit): string {
  if (hit.kind !== 'EndOfTier') return pathOf(hit) || 'denied'
  const trigger = hit.trigger && pathOf({ ...hit.trigger, tier: '' })
  return `end of tier ${hit.tier}${trigger ? ` (${trigger})` : ''}`
}

const pathOf = ({ kind, tier, namespace, name }: PolicyHit): string =>
  [kind === 'Profile' ? 'profile' : tier, namespace, name].filter((part) => part !== '' && part !== '-').join('/')
