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

/** A single address as a range of one; null: no address. */
export function parseSingle(text: string): AddressRange | null {
  const parsed = parseAddress(text)
  return parsed && { bits: parsed.bits, first: parsed.value, last: parsed.value }
}

/** Addresses as sorted ranges that are apart, the shorter family first. */
export type AddressSet = readonly AddressRange[]

export function addressSet(ranges: readonly AddressRange[]): AddressSet {
  const sorted = ranges
    .filter(({ first, last }) => first <= last)
    .sort((a, b) => a.bits - b.bits || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const joined: { bits: 32 | 128; first: bigint; last: bigint }[] = []
  for (const { bits, first, last } of sorted) {
    const before = joined.at(-1)
    if (before && before.bits === bits && first <= before.last + 1n) {
      if (last > before.last) before.last = last
    } else joined.push({ bits, first, last })
  }
  return joined
}

/** What is in `a` and not in `b`. */
export function subtractAddresses(a: AddressSet, b: AddressSet): AddressSet {
  let rest: readonly AddressRange[] = a
  for (const cut of b)
    rest = rest.flatMap((one) =>
      one.bits !== cut.bits || cut.last < one.first || cut.first > one.last
        ? [one]
        : [
            { ...one, last: cut.first - 1n },
            { ...one, first: cut.last + 1n },
          ],
    )
  return addressSet(rest)
}

export function hasAddress(set: AddressSet, { bits, first }: AddressRange): boolean {
  return set.some((range) => range.bits === bits && first >= range.first && first <= range.last)
}

const families = [
  { bits: 32, first: 0n, last: (1n << 32n) - 1n },
  { bits: 128, first: 0n, last: (1n << 128n) - 1n },
] as const

/** All addresses cut at the edges of these ranges: within a part they all match alike. */
export function partitionAddresses(ranges: readonly AddressRange[]): AddressSet {
  return families.flatMap(({ bits, first, last }) => {
    const starts = new Set<bigint>([first])
    for (const range of ranges)
      if (range.bits === bits) {
        starts.add(range.first)
        if (range.last < last) starts.add(range.last + 1n)
      }
    const sorted = [...starts].sort((a, b) => (a < b ? -1 : 1))
    return sorted.map((start, i) => ({ bits, first: start, last: (sorted[i + 1] ?? last + 1n) - 1n }))
  })
}

/** As people write an address; the first longest run of zeros of IPv6 is left out (RFC 5952). */
export function addressText(bits: 32 | 128, value: bigint): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 65_535n).toString(16))
  let best = { at: 0, length: 1 }
  for (let at = 0; at < 8; at++) {
    const end = groups.findIndex((group, i) => i >= at && group !== '0')
    const length = (end < 0 ? 8 : end) - at
    if (length > best.length) best = { at, length }
  }
  if (best.length < 2) return groups.join(':')
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`
}
