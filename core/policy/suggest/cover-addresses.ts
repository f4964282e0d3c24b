import { parseAddress } from '../../cidr'
import { addressClass } from '../../ip'
import { addressText } from '../ranges'

export type CoveringRange = {
  readonly cidr: string
  /** Of the addresses that were given. */
  readonly members: readonly string[]
  readonly size: number
}

type Address = { readonly text: string; readonly value: bigint }
type Family = { readonly bits: 32 | 128; readonly widest: number }
const families: readonly Family[] = [
  { bits: 32, widest: 8 },
  { bits: 128, widest: 32 },
]

/** First addresses of the ranges that are not of the Internet, so that no range of the Internet takes them in. */
const privateStarts = ['10.0.0.0', '100.64.0.0', '127.0.0.0', '169.254.0.0', '172.16.0.0', '192.168.0.0']

/** Addresses that no wider range may take in, in order. */
export type Shunned = Readonly<Record<32 | 128, readonly Address[]>>

export const shunnedOf = (texts: readonly string[]): Shunned => ({
  32: addressesOf(texts, 32),
  128: addressesOf(texts, 128),
})
const shunnedInPublic = shunnedOf(privateStarts)

/**
 * Ranges that hold all of these addresses: each alone while they are few, else the shortest common prefixes that make
 * at most `most` for each family and for private and public ones, never wider than /8 (IPv6: /32) and never with an
 * address that is shunned, though there be more ranges then. What is no address is passed over.
 */
export function coverAddresses(
  texts: readonly string[],
  most: number,
  shunned: readonly Shunned[],
): readonly CoveringRange[] {
  const distinct = [...new Set(texts)]
  return families.flatMap((family) =>
    (['private', 'public'] as const).flatMap((kind) => {
      const own = addressesOf(
        distinct.filter((text) => addressClass(text) === kind),
        family.bits,
      )
      return coverFamily(own, most, kind === 'public' ? [...shunned, shunnedInPublic] : shunned, family)
    }),
  )
}

function addressesOf(texts: readonly string[], bits: 32 | 128): readonly Address[] {
  const parsed = texts.flatMap((text) => {
    const address = parseAddress(text)
    return address?.bits === bits ? [{ text, value: address.value }] : []
  })
  return parsed.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

function coverFamily(own: readonly Address[], most: number, shunned: readonly Shunned[], family: Family) {
  if (own.length <= most) return own.map((one) => rangeOf([one], family))
  let length = family.bits
  let groups = grouped(own, 0n)
  while (groups.length > most && length > family.widest) groups = grouped(own, BigInt(family.bits - --length))
  return groups.flatMap((group) => apart(group, shunned, family))
}

/** Sorted addresses by what is left of them without their last `rest` bits. */
function grouped(own: readonly Address[], rest: bigint): readonly (readonly Address[])[] {
  const groups: Address[][] = []
  for (const one of own) {
    const group = groups.at(-1)
    if (group?.[0] && group[0].value >> rest === one.value >> rest) group.push(one)
    else groups.push([one])
  }
  return groups
}

/** Halves a group until its range has nothing that is to be avoided. */
function apart(group: readonly Address[], shunned: readonly Shunned[], family: Family): readonly CoveringRange[] {
  const range = rangeOf(group, family)
  if (
    range.rest === 0n ||
    !shunned.some((all) => isIn(all[family.bits], range.first, range.first + (1n << range.rest)))
  )
    return [range]
  return grouped(group, range.rest - 1n).flatMap((half) => apart(half, shunned, family))
}

/** The smallest range that has them all. */
function rangeOf(group: readonly Address[], { bits }: Family) {
  const first = group[0]?.value ?? 0n
  const last = group.at(-1)?.value ?? 0n
  const rest = BigInt((first ^ last) === 0n ? 0 : (first ^ last).toString(2).length)
  const base = (first >> rest) << rest
  return {
    cidr: `${addressText(bits, base)}/${bits - Number(rest)}`,
    members: group.map(({ text }) => text),
    size: 2 ** Number(rest),
    first: base,
    rest,
  }
}

/** Whether one of them is in [first, end). */
function isIn(sorted: readonly Address[], first: bigint, end: bigint): boolean {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.value ?? 0n) < first) low = middle + 1
    else high = middle
  }
  const found = sorted[low]
  return found !== undefined && found.value < end
}
