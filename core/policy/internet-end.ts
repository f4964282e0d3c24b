import { addressParts } from './address-parts'
import type { CompiledPolicies } from './compile'
import type { ExternalEnd } from './decision'
import { type AddressRange, addressText, parseCidr, subtractAddresses } from './ranges'

/** Not in the internet: private, shared, local and reserved ranges of IPv4 (RFC 6890, RFC 5771, RFC 1112). */
const elsewhere = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].flatMap((cidr) => parseCidr(cidr) ?? [])

/** An address of the internet that policies say nothing particular about: of the widest stretch that they do not tell apart. */
export function internetEnd(compiled: CompiledPolicies): ExternalEnd {
  const stretches = addressParts(compiled).flatMap(({ range }) =>
    range.bits === 32 ? subtractAddresses([range], elsewhere) : [],
  )
  const sizeOf = ({ first, last }: AddressRange) => last - first
  const [widest] = [...stretches].sort((a, b) => (sizeOf(a) > sizeOf(b) ? -1 : sizeOf(a) < sizeOf(b) ? 1 : 0))
  return { type: 'external', address: addressText(32, widest?.first ?? 0n) }
}
