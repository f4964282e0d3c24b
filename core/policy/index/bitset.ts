/** A set of small numbers, 32 to a word. All sets of one index have the same length. */
export type Bits = Uint32Array

/** Sets are cut from slabs: an array of its own for each costs several times as much, and garbage. */
const slabWords = 65_536
let slab = new Uint32Array(0)
let used = 0

export function emptyBits(size: number): Bits {
  const words = (size + 31) >>> 5
  if (words > slabWords / 8) return new Uint32Array(words)
  if (used + words > slab.length) {
    slab = new Uint32Array(slabWords)
    used = 0
  }
  used += words
  return slab.subarray(used - words, used)
}

export function copyBits(bits: Bits): Bits {
  const copy = emptyBits(bits.length << 5)
  copy.set(bits)
  return copy
}

/** Every number below `size`. */
export const fullBits = (size: number): Bits => fillBits(emptyBits(size), size)

export function fillBits(bits: Bits, size: number): Bits {
  bits.fill(0xffffffff)
  const rest = size & 31
  if (rest > 0) bits[bits.length - 1] = 2 ** rest - 1
  return bits
}

export const hasBit = (bits: Bits, i: number): boolean => (((bits[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1

export function setBit(bits: Bits, i: number): void {
  bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31))
}

/** `into` becomes what it was and what `other` has. */
export function addBits(into: Bits, other: Bits): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) | (other[w] ?? 0)
}

/** `into` keeps only what `other` has. */
export function keepBits(into: Bits, other: Bits): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) & (other[w] ?? 0)
}

/** `into` loses what `other` has. */
export function dropBits(into: Bits, other: Bits): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) & ~(other[w] ?? 0)
}

/** `into` gains what both `a` and `b` have. */
export function addShared(into: Bits, a: Bits, b: Bits): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) | ((a[w] ?? 0) & (b[w] ?? 0))
}

export function isEmptyBits(bits: Bits): boolean {
  for (let w = 0; w < bits.length; w++) if (bits[w] !== 0) return false
  return true
}

export function sameBits(a: Bits, b: Bits): boolean {
  for (let w = 0; w < a.length; w++) if (a[w] !== b[w]) return false
  return true
}

/** Calls back with each number, lowest first. */
export function eachBit(bits: Bits, visit: (i: number) => void): void {
  for (let w = 0; w < bits.length; w++) {
    let word = bits[w] ?? 0
    while (word !== 0) {
      const low = word & -word
      visit((w << 5) + 31 - Math.clz32(low))
      word ^= low
    }
  }
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let w = 0; w < bits.length; w++) {
    let word = bits[w] ?? 0
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
