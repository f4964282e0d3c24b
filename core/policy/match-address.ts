import type { End } from './decision'
import type { AddressMatch } from './end-match'
import type { Sight } from './sight'
import {
  type AddressRange,
  type AddressSet,
  addressSet,
  hasAddress,
  parseCidr,
  parseSingle,
  subtractAddresses,
} from './ranges'
import { maybe, no, type Tri, triOf, yes } from './tri'

const sets = new WeakMap<AddressMatch, AddressSet>()

/** The addresses of a match; computed once for each. */
export function addressesOf(match: AddressMatch): AddressSet {
  const known = sets.get(match)
  if (known) return known
  const of = (texts: readonly string[]) => addressSet(texts.flatMap((text) => parseCidr(text) ?? []))
  const set = subtractAddresses(of(match.cidrs), of(match.except))
  sets.set(match, set)
  return set
}

const parsedTexts = new WeakMap<readonly string[], readonly AddressRange[]>()

/** What can be read of a list of addresses; read once for each list. */
export function parsedAddresses(texts: readonly string[]): readonly AddressRange[] {
  const known = parsedTexts.get(texts)
  if (known) return known
  const parsed = texts.flatMap((text) => parseSingle(text) ?? [])
  parsedTexts.set(texts, parsed)
  return parsed
}

export function addressMatches(match: AddressMatch, end: End, { habits, doubt }: Sight): Tri {
  if (end.type === 'external') {
    if (end.address === '') {
      doubt(`the address of ${end.names?.[0] ?? 'the other end'} is not known`)
      return addressesOf(match).length === 0 ? no : maybe
    }
    const address = parseSingle(end.address)
    return triOf(address !== null && hasAddress(addressesOf(match), address))
  }
  const onNode = end.type === 'node' || end.workload.hostNetwork
  const byProfile = onNode ? habits.rangesMatchNodes : habits.rangesMatchPods
  const seen = match.inCluster === 'by-profile' ? byProfile : match.inCluster
  if (seen === 'no') return no
  const fits = someAddress(match, end.type === 'node' ? end.addresses : end.workload.ips)
  const name = end.type === 'node' ? end.name : end.workload.name
  if (fits === maybe) doubt(`the addresses of ${name} are not all known to be in the range`)
  if (fits === no || seen === 'yes') return fits
  doubt(`${name} has the address of its node, which address ranges may not see`)
  return maybe
}

/** One match of all addresses that are of the family of the first. Several pods may differ: maybe. None known: maybe. */
function someAddress(match: AddressMatch, texts: readonly string[]): Tri {
  const parsed = parsedAddresses(texts)
  const [first] = parsed
  const set = addressesOf(match)
  if (!first) return set.length === 0 ? no : maybe
  const same = parsed.filter(({ bits }) => bits === first.bits)
  const inside = same.filter((address) => hasAddress(set, address)).length
  return inside === 0 ? no : inside === same.length ? yes : maybe
}
