import { parseAddress } from '../cidr'
import { type Reader, refuse } from './read'

/** Addresses of one family from the first to the last. */
export type AddressRange = { readonly bits: 32 | 128; readonly first: bigint; readonly last: bigint }

/** A range in CIDR notation, the prefix length required; bits behind it are ignored. null: not one. */
export function parseCidr(text: string): AddressRange | null {
  const [address = '', digits, ...rest] = text.split('/')
  const parsed = parseAddress(address)
  if (!parsed || digits === undefined || rest.length > 0 || !/^\d{1,3}$/.test(digits)) return null
  const length = Number(digits)
  if (length > parsed.bits) return null
  const size = 1n << BigInt(parsed.bits - length)
  const first = parsed.value - (parsed.value % size)
  return { bits: parsed.bits, first, last: first + size - 1n }
}

/** A range, or null with a problem. */
export function rangeAt(at: Reader, text: string): AddressRange | null {
  const range = parseCidr(text)
  if (!range) refuse(at, `${JSON.stringify(text)} is no address range such as 10.0.0.0/8`)
  return range
}

/** Whether a range is a part of another and not all of it. */
export const within = (part: AddressRange, whole: AddressRange): boolean =>
  part.bits === whole.bits &&
  part.first >= whole.first &&
  part.last <= whole.last &&
  (part.first > whole.first || part.last < whole.last)
