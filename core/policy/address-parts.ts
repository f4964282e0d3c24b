import type { CompiledPolicies } from './compile'
import type { ExternalEnd } from './decision'
import type { AddressMatch, EndMatch } from './end-match'
import { addressesOf } from './match-address'
import type { Policy } from './normal-form'
import { type AddressRange, addressText, partitionAddresses } from './ranges'

/** Addresses outside that no policy tells apart, with one of them to ask about. */
export type AddressPart = { readonly end: ExternalEnd; readonly range: AddressRange }

/** The whole address space, cut at the edges of every range in the policies. O(ranges · log ranges). */
export function addressParts(...compiled: readonly CompiledPolicies[]): readonly AddressPart[] {
  const policies = new Set(compiled.flatMap((one) => one.policies))
  return partitionAddresses([...policies].flatMap(rangesOf)).map((range) => ({
    range,
    end: { type: 'external', address: addressText(range.bits, range.first) },
  }))
}

const known = new WeakMap<Policy, readonly AddressRange[]>()

/** Every range that a policy names, found once. */
function rangesOf(policy: Policy): readonly AddressRange[] {
  const had = known.get(policy)
  if (had) return had
  const matches = policy.blocks.flatMap(({ subject, rules }) => [
    subject,
    ...rules.flatMap(({ peer, own }) => (own ? [peer, own] : [peer])),
  ])
  const found = matches.flatMap(addressMatchesIn).flatMap(addressesOf)
  known.set(policy, found)
  return found
}

/** `a.b.c.d-e.f.g.h`, as ends outside are written. */
export const rangeText = ({ bits, first, last }: AddressRange): string =>
  first === last ? addressText(bits, first) : `${addressText(bits, first)}-${addressText(bits, last)}`

/** Every condition on addresses in a condition. */
export function addressMatchesIn(match: EndMatch): readonly AddressMatch[] {
  switch (match.is) {
    case 'address':
      return [match]
    case 'every':
    case 'some':
      return match.of.flatMap(addressMatchesIn)
    case 'not':
      return addressMatchesIn(match.of)
    default:
      return []
  }
}
